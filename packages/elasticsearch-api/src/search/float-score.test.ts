import { expect, test } from 'vitest';
import { floatScore } from './float-score.ts';

test.each([
  [Math.fround(0.2876821), 0.2876821],
  [1, 1],
  [Math.fround(0.08701137), 0.08701137],
  [null, null],
])('the score %d is written %d', (score, written) => {
  expect(floatScore(score)).toBe(written);
});
