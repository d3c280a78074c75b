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
  [[1, 2], [1, 2], -1, 0],
  [[2, 1], [1, 2], 1, 0],
  [[2, 1], [1, 2], 2, 1 / 3],
  [[1, 0, 2], [1, 2], 1, 1 / 2],
  [[1], [1, 1], 5, 0],
  [[1, 3, 1], [1, 1], 1, 1 / 2],
  [[], [1], 0, 0],
])('the text %j holds the phrase %j with slop %d as often as %d', (text, phrase, slop, expected) => {
  expect(frequency(text, phrase, slop)).toBe(Math.fround(expected));
});

test('a word that is asked for twice, or stands twice at its position, counts as often where the phrase starts', () => {
  // 1 and 1, then 2 and 1.
  const words = { values: Uint8Array.of(1, 0, 1, 2, 0, 1, 0), start: 0, end: 7 };
  const frequencyOf = (...places: (readonly number[])[]) => new Phrase(places.map(placeOf), 0).frequency(words);
  expect(frequencyOf([1], [2])).toBe(2);
  expect(frequencyOf([1, 1], [2, 1, 1])).toBe(4);
  expect(frequencyOf([2], [1])).toBe(0);
});

test('a place may stand for any of several words', () => {
  const words = { values: Uint8Array.of(1, 2, 1, 3), start: 0, end: 4 };
  const places = [placeOf([1], 0), placeOf([2, 3], 1)];
  expect(new Phrase(places, 0).frequency(words)).toBe(2);
});
