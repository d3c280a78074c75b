import { BitSet } from '../../columns/bit-set.ts';
import { CHUNK_DOCS } from '../../columns/chunk-docs.ts';
import { countBelow } from '../../columns/count-below.ts';
import { CHUNK_MASK, CHUNK_SHIFT, type DocSet } from '../../columns/doc-set.ts';
import type { NumericChunk } from '../../columns/doc-values.ts';
import type { NumericColumn } from '../../columns/numeric-column.ts';
import { ZONE_DOCS, ZONE_SHIFT } from '../../columns/zone-map.ts';
import type { Steps } from '../../steps/steps.ts';
import type { Interval } from './numeric-range-clause.ts';

/** Intervals that neither touch nor overlap, ascending. */
interface Disjoint {
  readonly lowest: Float64Array;
  readonly highest: Float64Array;
}

/** The documents below `limit` with a value in any of the intervals: the column is read once, however many these are. */
export function* findInIntervals(column: NumericColumn, intervals: readonly Interval[], limit: number): Steps<DocSet> {
  const disjoint = unite(intervals);
  const found = BitSet.forDocs(limit);
  const { zones } = column;
  for (let zone = 0; zone < zones.zones; zone++) {
    if (!touchesAny(disjoint, zones.lowest(zone), zones.highest(zone))) continue;
    const first = zone << ZONE_SHIFT;
    const chunk = column.chunk(first >>> CHUNK_SHIFT);
    if (chunk !== undefined) scanZone(chunk, first, Math.min(limit, first + ZONE_DOCS), disjoint, found.words);
    yield;
  }
  return found;
}

function unite(intervals: readonly Interval[]): Disjoint {
  const sorted = intervals
    .filter(({ lowest, highest }) => lowest <= highest)
    .sort((a, b) => a.lowest - b.lowest || a.highest - b.highest);
  const united: { lowest: number; highest: number }[] = [];
  for (const { lowest, highest } of sorted) {
    const last = united.at(-1);
    if (last !== undefined && lowest <= last.highest) last.highest = Math.max(last.highest, highest);
    else united.push({ lowest, highest });
  }
  return {
    lowest: Float64Array.from(united, (each) => each.lowest),
    highest: Float64Array.from(united, (each) => each.highest),
  };
}

/** Whether an interval has a number from `least` to `most`. */
function touchesAny({ lowest, highest }: Disjoint, least: number, most: number): boolean {
  const first = countBelow(highest, least);
  return first < lowest.length && lowest[first]! <= most;
}

function scanZone(chunk: NumericChunk, first: number, end: number, intervals: Disjoint, words: Uint32Array): void {
  const { values } = chunk;
  const last = Math.min(end - first, CHUNK_DOCS - (first & CHUNK_MASK));
  for (let at = 0; at < last; at++) {
    const offset = (first & CHUNK_MASK) + at;
    const start = chunk.single ? offset : chunk.starts[offset]!;
    const stop = chunk.single ? offset + 1 : start + chunk.counts[offset]!;
    for (let i = start; i < stop; i++) {
      const value = values[i]!;
      // NaN, which stands for no value, is not found: no interval ends before it, none begins before it either.
      if (!touchesAny(intervals, value, value)) continue;
      words[(first + at) >>> 5]! |= 1 << ((first + at) & 31);
      break;
    }
  }
}
