import { expect, test } from 'vitest';
import { normalized } from './normalize.ts';

const values = [5, 0, Number.NaN, 15];

const rounded = (value: number): number => Math.round(value * 1e12);

test.each([
  ['rescale_0_1', [1 / 3, 0, Number.NaN, 1]],
  ['rescale_0_100', [100 / 3, 0, Number.NaN, 100]],
  ['percent_of_sum', [0.25, 0, Number.NaN, 0.75]],
  ['mean', [-1 / 9, -4 / 9, Number.NaN, 5 / 9]],
  ['z-score', [-0.2672612419124243, -1.069044967649698, Number.NaN, 1.3363062095621219]],
] as const)('%s brings values to one scale and leaves gaps', (method, expected) => {
  expect(normalized(method, values).map(rounded)).toEqual(expected.map(rounded));
});

test('softmax adds up to 1', () => {
  const result = normalized('softmax', [1, 2, 3]);
  expect(result.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 12);
  expect(result[2]! / result[1]!).toBeCloseTo(Math.E, 12);
});
