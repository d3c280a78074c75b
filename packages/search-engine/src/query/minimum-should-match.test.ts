import { expect, test } from 'vitest';
import { minimumShouldMatch } from './minimum-should-match.ts';

test.each([
  ['2', 5, 2],
  ['-1', 5, 4],
  ['75%', 4, 3],
  ['75%', 5, 3],
  ['-25%', 5, 4],
  ['3<90%', 3, 3],
  ['3<90%', 10, 9],
  ['2<-25% 9<-3', 2, 2],
  ['2<-25% 9<-3', 8, 6],
  ['2<-25% 9<-3', 10, 7],
  ['-9', 5, 0],
])('%s of %s clauses is %s', (specification, count, expected) => {
  expect(minimumShouldMatch(specification, count)).toBe(expected);
});

test('what is no specification is refused by name', () => {
  expect(() => minimumShouldMatch('most', 3)).toThrow('[minimum_should_match] is [most]');
});
