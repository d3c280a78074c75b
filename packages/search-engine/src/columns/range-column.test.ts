import { expect, test } from 'vitest';
import { Hold } from './hold.ts';
import { RangeColumn } from './range-column.ts';

/** The words of a document's ranges. */
function wordsOf(column: RangeColumn, doc: number): readonly number[] {
  const chunk = column.chunk(0);
  if (chunk === undefined) return [];
  return [...chunk.words.subarray(chunk.starts[doc], chunk.starts[doc]! + chunk.counts[doc]!)];
}

test('the ranges of a document stand in the order of their keys, each once', () => {
  const column = new RangeColumn(() => 3, 32);
  column.set(1, [8n, 9n, 3n, 7n, 3n, 4n, 8n, 9n]);
  expect(wordsOf(column, 1)).toEqual([3, 4, 3, 7, 8, 9]);
  expect(wordsOf(column, 0)).toEqual([]);
  column.set(1, []);
  expect([column.docCount, column.count(1)]).toEqual([0, 0]);
});

test('a column that was frozen is the same when it is read, whatever is written meanwhile', () => {
  const column = new RangeColumn(() => 3, 128);
  const address = 0xffff_0a00_0001n;
  column.set(0, [address, address + 1n]);
  column.set(2, [0n, 2n ** 128n - 1n]);
  const frozen = column.freeze(new Hold());
  const fork = column.fork(() => 3);
  fork.set(0, [5n, 6n]);
  fork.clear(2);
  const thawed = RangeColumn.thaw(() => 3, frozen);
  expect([thawed.docCount, fork.docCount]).toEqual([2, 1]);
  expect(wordsOf(thawed, 0)).toEqual([0, 0, 0xffff, 0x0a00_0001, 0, 0, 0xffff, 0x0a00_0002]);
  expect(wordsOf(thawed, 2)).toEqual([0, 0, 0, 0, ...Array(4).fill(0xffff_ffff)]);
  expect(wordsOf(column, 0)).toEqual(wordsOf(thawed, 0));
  expect(wordsOf(fork, 0)).toEqual([0, 0, 0, 5, 0, 0, 0, 6]);
  expect([thawed.zones.lowest(0), thawed.zones.highest(0)]).toEqual([0, 2 ** 128]);
});
