import { expect, test } from 'vitest';
import { metricFilter } from './stats-metrics.ts';

const stats = { docs: 1, store: 2, merges: 3 };

test('a path chooses metrics by name, and nothing or _all chooses every one', () => {
  expect(metricFilter('docs,merge', '/_stats/docs,merge')(stats)).toEqual({ docs: 1, merges: 3 });
  expect(metricFilter(undefined, '/_stats')(stats)).toEqual(stats);
  expect(metricFilter('docs,_all', '/_stats/docs,_all')(stats)).toEqual(stats);
});

test('a metric that there is not is refused with the name that is close to it', () => {
  expect(() => metricFilter('fieldata', '/_stats/fieldata')).toThrow(
    'request [/_stats/fieldata] contains unrecognized metric: [fieldata] -> did you mean [fielddata]?',
  );
});
