import { type AggregationResult, finish } from '@daybook/search-engine';
import { expect, test } from 'vitest';
import { encodeJson } from '../json/encode-json.ts';
import type { JsonTree } from '../json/json.ts';
import { renderAggregations } from './render-aggregations.ts';

const render = (result: AggregationResult, typedKeys = false): unknown =>
  parse(finish(renderAggregations({ a: result }, { typedKeys, typed: true, nodeId: 'n' })));
const parse = (tree: JsonTree): unknown => JSON.parse(finish(encodeJson(tree)).join(''));

const bucket = { key: 'x', docCount: 2, aggregations: {} };

test.each([
  ['string', 'sterms#a'],
  ['long', 'lterms#a'],
  ['boolean', 'lterms#a'],
  ['double', 'dterms#a'],
  ['unmapped', 'sterms#a'],
] as const)('terms of the kind %s are typed %s', (kind, name) => {
  const result: AggregationResult = {
    type: 'buckets',
    of: 'terms',
    kind,
    keyed: false,
    buckets: [bucket],
    sumOtherDocCount: 3,
  };
  expect(render(result, true)).toEqual({
    [name]: { doc_count_error_upper_bound: 0, sum_other_doc_count: 3, buckets: [{ key: 'x', doc_count: 2 }] },
  });
});

test('keyed ranges stand under their keys, without them inside', () => {
  const buckets = [
    { key: '*-5.0', to: 5, docCount: 2, aggregations: {} },
    { key: '1.0-*', from: 1, docCount: 2, aggregations: {} },
  ];
  expect(render({ type: 'buckets', of: 'range', kind: 'double', keyed: true, buckets })).toEqual({
    a: { buckets: { '*-5.0': { to: 5, doc_count: 2 }, '1.0-*': { from: 1, doc_count: 2 } } },
  });
});

test('keyed histograms stand under their formatted keys', () => {
  const dates = [{ key: 1_577_836_800_000, keyAsString: '2020', docCount: 1, aggregations: {} }];
  expect(render({ type: 'buckets', of: 'dateHistogram', kind: 'date', keyed: true, buckets: dates })).toEqual({
    a: { buckets: { '2020': { key_as_string: '2020', key: 1_577_836_800_000, doc_count: 1 } } },
  });
  const numbers = [{ key: 5, docCount: 1, aggregations: {} }];
  expect(render({ type: 'buckets', of: 'histogram', kind: 'double', keyed: true, buckets: numbers })).toEqual({
    a: { buckets: { '5.0': { key: 5, doc_count: 1 } } },
  });
});

test('anonymous filters are a list without keys', () => {
  const buckets = [{ key: '0', docCount: 1, aggregations: {} }];
  expect(render({ type: 'buckets', of: 'filters', kind: 'string', keyed: false, buckets })).toEqual({
    a: { buckets: [{ doc_count: 1 }] },
  });
});

test('statistics of nothing are null', () => {
  const result: AggregationResult = { type: 'stats', of: 'stats', count: 0, min: null, max: null, avg: null, sum: 0 };
  expect(render(result)).toEqual({ a: { count: 0, min: null, max: null, avg: null, sum: 0 } });
});

test('percentiles stand under their percents, or as a list', () => {
  const percentiles = { type: 'percentiles', of: 'percentiles', at: () => null, percents: [50] } as const;
  expect(render({ ...percentiles, values: [2.5], formatter: () => 'two', keyed: true }, true)).toEqual({
    'tdigest_percentiles#a': { values: { '50.0': 2.5, '50.0_as_string': 'two' } },
  });
  expect(render({ ...percentiles, values: null, formatter: () => 'two', keyed: false })).toEqual({
    a: { values: [{ key: 50, value: null }] },
  });
});

test('many buckets are rendered in steps, those below others too', () => {
  const histogram = (keyed: boolean): AggregationResult => ({
    type: 'buckets',
    of: 'histogram',
    kind: 'double',
    keyed,
    buckets: Array.from({ length: 3000 }, (_, key) => ({ key, docCount: 1, aggregations: {} })),
  });
  const aggregations = { list: histogram(false), keyed: histogram(true) };
  const result: AggregationResult = {
    type: 'composite',
    of: 'composite',
    buckets: [1, 2, 3].map((key) => ({ key: { k: key }, docCount: 1, aggregations })),
  };
  const steps = renderAggregations({ a: result }, { typedKeys: false, typed: true, nodeId: 'n' });
  let count = 0;
  let step = steps.next();
  for (; step.done !== true; step = steps.next()) count++;
  expect(count).toBeGreaterThanOrEqual(3 * 2 * 2);
  const keys = Array.from({ length: 3000 }, (_, key) => key);
  const list = { buckets: keys.map((key) => ({ key, doc_count: 1 })) };
  const keyed = { buckets: Object.fromEntries(keys.map((key) => [`${key}.0`, { key, doc_count: 1 }])) };
  const buckets = [1, 2, 3].map((key) => ({ key: { k: key }, doc_count: 1, list, keyed }));
  expect(parse(step.value)).toEqual({ a: { buckets } });
});
