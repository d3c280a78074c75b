import { expect, test } from 'vitest';
import { Phrase, type Place } from './phrase.ts';

function placeOf(ordinals: readonly number[], position: number): Place {
  return { terms: ordinals.map(String), ordinals, position };
}

/** Numbers stand for words, 0 for a position without one. */
function frequency(text: number[], phrase: number[], slop: number): number {
  const words = { values: Uint8Array.from(text), start: 0, end: text.length };
  return new Phrase(
    phrase.map((ordinal, position) => placeOf([ordinal], position)),
    slop,
  ).frequency(words);
}

test.each([
  [[1, 2, 3, 1, 2], [1, 2], 0, 2],
  [[1, 3, 2], [1, 2], 0, 0],
  [[1, 3, 2], [1, 2], 1, 1 / 2],
  [[2, 1], [1, 2], 1, 0],
  [[2, 1], [1, 2], 2, 1 / 3],
  [[1, 0, 2], [1, 2], 1, 1 / 2],
  [[1], [1, 1], 5, 0],
  [[1, 3, 1], [1, 1], 1, 1 / 2],
  [[], [1], 0, 0],
])('the text %j holds the phrase %j with slop %d as often as %d', (text, phrase, slop, expected) => {
  expect(frequency(text, phrase, slop)).toBe(Math.fround(expected));
});

test('a place may stand for any of several words', () => {
  const words = { values: Uint8Array.of(1, 2, 1, 3), start: 0, end: 4 };
  const places = [placeOf([1], 0), placeOf([2, 3], 1)];
  expect(new Phrase(places, 0).frequency(words)).toBe(2);
});
