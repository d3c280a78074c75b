import { Double, finish } from '@daybook/search-engine';
import { expect, test } from 'vitest';
import { encodeJson } from './encode-json.ts';
import { doubleJson, floatJson, valueJson } from './floating-point.ts';
import type { JsonTree } from './json.ts';

const written = (tree: JsonTree): string => finish(encodeJson(tree)).join('');

test.each([
  [0, '0.0'],
  [-0, '-0.0'],
  [1, '1.0'],
  [-25, '-25.0'],
  [0.5, '0.5'],
  [9_999_999, '9999999.0'],
  [1e7, '1.0E7'],
  [12_345_678.5, '1.23456785E7'],
  [0.001, '0.001'],
  [0.0005, '5.0E-4'],
  [null, 'null'],
])('the double %d is written as Java writes it', (value, text) => {
  expect(written(doubleJson(value))).toBe(text);
});

test.each([
  [Math.fround(0.2876821), '0.2876821'],
  [Math.fround(0.08701137), '0.08701137'],
  [Math.fround(1 / 3), '0.33333334'],
  [1, '1.0'],
  [null, 'null'],
])('the float %d is written with the fewest digits that tell it apart', (value, text) => {
  expect(written(floatJson(value))).toBe(text);
});

test('a value that holds doubles keeps its other numbers', () => {
  const value = { a: [new Double(2), 2, new Double(1.5)], b: { gte: new Double(1) }, c: 'x' };
  expect(written(valueJson(value))).toBe('{"a":[2.0,2,1.5],"b":{"gte":1.0},"c":"x"}');
});
