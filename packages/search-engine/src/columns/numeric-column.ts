import { CHUNK_MASK, CHUNK_SHIFT } from './doc-set.ts';
import type { NumericChunk, NumericDocValues } from './doc-values.ts';
import type { Hold } from './hold.ts';
import type { ValueChunk, ValueKind } from './value-chunk.ts';
import { type FrozenValueChunks, ValueChunks } from './value-chunks.ts';
import { type FrozenZoneMap, ZONE_DOCS, ZoneMap } from './zone-map.ts';

const FLOAT64: ValueKind<Float64Array> = {
  none: Number.NaN,
  make: (length) => new Float64Array(length),
  fits: () => true,
};

/** A numeric column at one moment. */
export interface FrozenNumericColumn {
  readonly type: 'numeric';
  readonly chunks: FrozenValueChunks<Float64Array>;
  /** Absent in older files, as is `docCount`: both can be found again, which takes longer. */
  readonly zones?: FrozenZoneMap;
  /** Documents with a value. */
  readonly docCount?: number;
}

/**
 * The column of one numeric field: numbers as IEEE doubles, so whole numbers are exact up to 2^53 (a `long` beyond it is rounded to the
 * nearest double in queries, sorts and aggregations; `_source` keeps its digits).
 */
export class NumericColumn implements NumericDocValues {
  readonly type = 'numeric';
  /** Smallest and largest value by block of 4,096 documents, for ranges and sorted searches that skip blocks. */
  readonly zones: ZoneMap;
  readonly #chunks: ValueChunks<Float64Array>;
  readonly #docLimit: () => number;
  #docCount = 0;

  /** `docLimit` tells one more than the highest document number in use. */
  constructor(
    docLimit: () => number,
    chunks: ValueChunks<Float64Array> = new ValueChunks(FLOAT64),
    zones: ZoneMap = new ZoneMap(),
  ) {
    this.#docLimit = docLimit;
    this.#chunks = chunks;
    this.zones = zones;
  }

  static thaw(docLimit: () => number, { chunks, zones, docCount }: FrozenNumericColumn): NumericColumn {
    const column = new NumericColumn(docLimit, new ValueChunks(FLOAT64, chunks), ZoneMap.thaw(zones));
    if (zones === undefined || docCount === undefined) column.#takeAll();
    else column.#docCount = docCount;
    return column;
  }

  /** A second column, which is to be written from then on in the place of this one. Bounds of zones only widen, so both use the same. */
  fork(docLimit: () => number): NumericColumn {
    const fork = new NumericColumn(docLimit, this.#chunks.fork(this.#docLimit()), this.zones);
    fork.#docCount = this.#docCount;
    return fork;
  }

  freeze(hold: Hold): FrozenNumericColumn {
    return { type: 'numeric', chunks: this.#chunks.freeze(hold), zones: this.zones.freeze(), docCount: this.#docCount };
  }

  /** Documents with a value. */
  get docCount(): number {
    return this.#docCount;
  }

  get memoryBytes(): number {
    return this.#chunks.memoryBytes;
  }

  chunk(index: number): NumericChunk | undefined {
    const chunk = this.#chunks.at(index);
    if (chunk === undefined) return undefined;
    chunk.reach(Math.min(CHUNK_MASK + 1, this.#docLimit() - (index << CHUNK_SHIFT)));
    const { starts, counts, values } = chunk;
    if (starts === undefined || counts === undefined) return { single: true, values };
    return { single: false, starts, counts, values };
  }

  count(doc: number): number {
    return this.#chunks.at(doc >>> CHUNK_SHIFT)?.count(doc & CHUNK_MASK) ?? 0;
  }

  /** The value at `index`, in ascending order, of a document that has more than `index` values. */
  value(doc: number, index: number): number {
    return this.#chunks.at(doc >>> CHUNK_SHIFT)!.value(doc & CHUNK_MASK, index);
  }

  clear(doc: number): void {
    this.set(doc, []);
  }

  /** Replaces a document's values; an empty list clears them. */
  set(doc: number, values: ArrayLike<number>): void {
    const before = this.count(doc);
    if (before === 0 && values.length === 0) return;
    const sorted = isAscending(values) ? values : Float64Array.from(values).sort();
    if (before === sorted.length && this.#holds(doc, sorted)) return;
    this.#chunks.reach(doc >>> CHUNK_SHIFT).write(doc & CHUNK_MASK, sorted, sorted.length);
    this.#docCount += Number(sorted.length > 0) - Number(before > 0);
    if (sorted.length > 0) this.zones.include(doc, sorted[0]!, sorted[sorted.length - 1]!);
  }

  #holds(doc: number, values: ArrayLike<number>): boolean {
    const chunk = this.#chunks.at(doc >>> CHUNK_SHIFT)!;
    const offset = doc & CHUNK_MASK;
    for (let index = 0; index < values.length; index++) if (values[index] !== chunk.value(offset, index)) return false;
    return true;
  }

  #takeAll(): void {
    for (let index = 0; index < this.#chunks.length; index++) {
      const chunk = this.#chunks.at(index);
      if (chunk !== undefined) this.#take(index, chunk);
    }
  }

  #take(index: number, chunk: ValueChunk<Float64Array>): void {
    const base = index << CHUNK_SHIFT;
    if (chunk.counts === undefined) {
      this.#docCount += includeValues(this.zones, base, chunk.values);
      return;
    }
    for (let offset = 0; offset < chunk.counts.length; offset++) {
      const count = chunk.count(offset);
      if (count === 0) continue;
      this.#docCount++;
      this.zones.include(base + offset, chunk.value(offset, 0), chunk.value(offset, count - 1));
    }
  }
}

function isAscending(values: ArrayLike<number>): boolean {
  for (let index = 1; index < values.length; index++) if (values[index - 1]! > values[index]!) return false;
  return true;
}

/** Widens the zones of documents from `base` on by one value of each, NaN for none; gives how many have one. */
function includeValues(zones: ZoneMap, base: number, values: Float64Array): number {
  let count = 0;
  for (let from = 0; from < values.length; from += ZONE_DOCS) {
    const end = Math.min(values.length, from + ZONE_DOCS);
    const before = count;
    let lowest = Number.POSITIVE_INFINITY;
    let highest = Number.NEGATIVE_INFINITY;
    for (let offset = from; offset < end; offset++) {
      const value = values[offset]!;
      if (Number.isNaN(value)) continue;
      count++;
      if (value < lowest) lowest = value;
      if (value > highest) highest = value;
    }
    if (count > before) zones.include(base + from, lowest, highest);
  }
  return count;
}
