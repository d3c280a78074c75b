import { expect, test } from 'vitest';
import { countShared, PositionedWords, visitPositions } from './positions.ts';

/** Words as `[ordinal, position]`. */
function kept(words: readonly (readonly [number, number])[]): readonly number[] {
  const list = new PositionedWords();
  for (const [ordinal, position] of words) {
    if (position < list.nextPosition) list.addBeside(ordinal);
    else list.add(ordinal, position - list.nextPosition);
  }
  return list.run();
}

function runOf(values: readonly number[]) {
  // Between other runs, the last of which ends with a 0 as well.
  return { values: Uint8Array.of(7, 0, 8, 0, ...values, 9), start: 4, end: 4 + values.length };
}

test('words that each have a position are kept without anything between them', () => {
  const words = [
    [5, 0],
    [6, 1],
    [5, 4],
  ] as const;
  expect(kept(words)).toEqual([5, 6, 0, 0, 5]);
});

test.each([
  [[]],
  [[[5, 2]]],
  [
    [
      [5, 0],
      [6, 0],
    ],
  ],
  [
    [
      [5, 1],
      [6, 1],
      [6, 1],
      [5, 2],
      [7, 4],
      [5, 4],
      [5, 104],
    ],
  ],
  [
    [
      [5, 3],
      [6, 4],
      [6, 4],
      [7, 6],
    ],
  ],
] as const)('of %j the positions are told again, and how many words share one', (words) => {
  const { values, start, end } = runOf(kept(words));
  const found: [number, number][] = [];
  visitPositions({ values, start, end }, (ordinal, position) => found.push([ordinal, position]));
  expect(found).toEqual(words);
  const positions = new Set(words.map(([, position]) => position));
  expect(countShared(values, start, end)).toBe(words.length - positions.size);
});

test('a text without a word has no positions', () => {
  const { values, start, end } = runOf([0, 0]);
  visitPositions({ values, start, end }, () => expect.fail());
  expect(countShared(values, start, end)).toBe(0);
});
