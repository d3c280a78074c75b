import { BitSet } from '../../columns/bit-set.ts';
import { CHUNK_DOCS } from '../../columns/chunk-docs.ts';
import { CHUNK_MASK, CHUNK_SHIFT, type DocSet } from '../../columns/doc-set.ts';
import type { NumericChunk } from '../../columns/doc-values.ts';
import type { NumericColumn } from '../../columns/numeric-column.ts';
import { ZONE_DOCS, ZONE_SHIFT } from '../../columns/zone-map.ts';
import { finish, type Steps } from '../../steps/steps.ts';
import type { Clause } from './clause.ts';

/** Zones that are read in one step. */
const STEP_ZONES = 64;

/** Both ends belong to the interval. */
export interface Interval {
  readonly lowest: number;
  readonly highest: number;
}

/** The documents with a value in an interval, each with the same score. Zones that the interval does not touch, or holds as a whole, are not read. */
export class NumericRangeClause implements Clause {
  readonly cost: number;
  readonly scoresAlike = true;
  readonly column: NumericColumn;
  readonly interval: Interval;
  readonly #live: BitSet;
  readonly #limit: number;
  readonly #score: number;
  #docs: BitSet | undefined;

  /** `limit`: one more than the highest document number. */
  constructor(column: NumericColumn, interval: Interval, live: BitSet, limit: number, score: number) {
    this.column = column;
    this.interval = interval;
    this.#live = live;
    this.#limit = limit;
    this.#score = Math.fround(score);
    this.cost = Math.min(column.docCount, touchedZones(column, interval) * ZONE_DOCS);
  }

  docs(): DocSet {
    return finish(this.find());
  }

  *find(): Steps<DocSet> {
    this.#docs ??= yield* this.#scan();
    return this.#docs;
  }

  matches(doc: number): boolean {
    const { lowest, highest } = this.interval;
    const count = this.column.count(doc);
    for (let i = 0; i < count; i++) {
      const value = this.column.value(doc, i);
      if (value >= lowest && value <= highest) return true;
    }
    return false;
  }

  retain(chunk: number, offsets: Uint16Array, count: number): number {
    const values = this.column.chunk(chunk);
    return values === undefined ? 0 : retainInInterval(values, this.interval, offsets, count);
  }

  score(): number {
    return this.#score;
  }

  *#scan(): Steps<BitSet> {
    const found = BitSet.forDocs(this.#limit);
    const { zones } = this.column.zones;
    for (let zone = 0; zone < zones; zone++) {
      this.#scanZone(zone, found);
      if (zone % STEP_ZONES === STEP_ZONES - 1) yield;
    }
    return found;
  }

  /** The loop itself, since loops of generators are not compiled. */
  #scanZone(zone: number, found: BitSet): void {
    if (!touches(this.column, zone, this.interval)) return;
    const isComplete = this.column.docCount === this.#live.size;
    const first = zone << ZONE_SHIFT;
    if (isComplete && holds(this.column, zone, this.interval)) {
      const words = this.#live.words.subarray(first >>> 5, Math.min(found.words.length, (first + ZONE_DOCS) >>> 5));
      found.words.set(words, first >>> 5);
      return;
    }
    const chunk = this.column.chunk(first >>> CHUNK_SHIFT);
    if (chunk === undefined) return;
    const from = first & CHUNK_MASK;
    const to = Math.min(from + ZONE_DOCS, CHUNK_DOCS, this.#limit - (first - from));
    scanZone(chunk, from, to, this.interval, found.words, first >>> 5);
  }

  scoreOrZero(doc: number): number {
    return this.matches(doc) ? this.#score : 0;
  }
}

function touchedZones(column: NumericColumn, interval: Interval): number {
  let touched = 0;
  for (let zone = 0; zone < column.zones.zones; zone++) if (touches(column, zone, interval)) touched++;
  return touched;
}

function touches({ zones }: NumericColumn, zone: number, { lowest, highest }: Interval): boolean {
  return zones.highest(zone) >= lowest && zones.lowest(zone) <= highest;
}

/** Whether every value of the zone lies in the interval. */
function holds({ zones }: NumericColumn, zone: number, { lowest, highest }: Interval): boolean {
  return zones.lowest(zone) >= lowest && zones.highest(zone) <= highest;
}

/** Of the first `count` offsets keeps those with a value in the interval, and gives how many they are. */
function retainInInterval(
  chunk: NumericChunk,
  { lowest, highest }: Interval,
  offsets: Uint16Array,
  count: number,
): number {
  const { values } = chunk;
  let kept = 0;
  for (let i = 0; i < count; i++) {
    const offset = offsets[i]!;
    const start = chunk.single ? offset : chunk.starts[offset]!;
    const end = chunk.single ? offset + 1 : start + chunk.counts[offset]!;
    for (let at = start; at < end; at++) {
      if (!(values[at]! >= lowest && values[at]! <= highest)) continue;
      offsets[kept++] = offset;
      break;
    }
  }
  return kept;
}

/** Sets the bits of matching documents; `from` is a multiple of 32 and stands for the first bit of word `at`. */
function scanZone(
  chunk: NumericChunk,
  from: number,
  to: number,
  interval: Interval,
  words: Uint32Array,
  at: number,
): void {
  const { lowest, highest } = interval;
  const { values } = chunk;
  if (chunk.single) {
    for (let offset = from, word = at; offset < to; word++) {
      const end = Math.min(offset + 32, to);
      let bits = 0;
      // Without branches: with half of the documents matching, a mispredicted branch costs more than the two comparisons.
      for (let bit = 0; offset < end; offset++, bit++) {
        const value = values[offset]!;
        bits |= (Number(value >= lowest) & Number(value <= highest)) << bit;
      }
      words[word]! |= bits;
    }
    return;
  }
  const { starts, counts } = chunk;
  for (let offset = from; offset < to; offset++) {
    const end = starts[offset]! + counts[offset]!;
    for (let i = starts[offset]!; i < end; i++) {
      if (values[i]! < lowest || values[i]! > highest) continue;
      words[at + ((offset - from) >>> 5)]! |= 1 << (offset & 31);
      break;
    }
  }
}
