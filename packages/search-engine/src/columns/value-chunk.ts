import { CHUNK_DOCS } from './chunk-docs.ts';
import { arrayUpTo, type Hold, isFree, joinHolds, RELEASED, renewedArray } from './hold.ts';
import { makeLike, type NumberArray, type NumberKind } from './number-array.ts';
import { readStored, type Stored } from './stored-array.ts';

const FIRST_LENGTH = 64;
/** From here on a copy by the array itself is faster than a loop. */
const LONG_RUN = 32;

/** Which arrays the chunks of a column have, and which value stands for none where a document has one value at most. */
export interface ValueKind<A extends NumberArray> extends NumberKind<A> {
  readonly none: number;
}

/** A chunk at one moment. */
export interface FrozenValueChunk<A extends NumberArray> {
  readonly values: Stored<A>;
  /** Absent while no document has had several values. */
  readonly runs?: { readonly starts: Stored<Uint32Array>; readonly counts: Stored<Uint32Array>; readonly live: number };
}

/**
 * The values of 65,536 documents. One array slot per document until a document has several values; from then on each document
 * has a run in an arena that is only appended to, and is copied without its garbage when more than half of it is garbage. Arrays that are
 * held are not written, except behind their frozen end.
 */
export class ValueChunk<A extends NumberArray> {
  readonly #kind: ValueKind<A>;
  values: A;
  /** Of runs: where a document's values start, and how many there are. */
  starts: Uint32Array | undefined;
  counts: Uint32Array | undefined;
  #used = 0;
  #live = 0;
  /** None once the chunk has been written since it was frozen. */
  #hold: Hold | undefined;
  /** What {@link freeze} gave, while it is still so. */
  #frozen: FrozenValueChunk<A> | undefined;
  /** Below this offset the arrays are also those of the chunk of which this one is a fork. */
  #sharedEnd = 0;

  /** `hold` is that of `frozen`'s arrays. */
  constructor(kind: ValueKind<A>, frozen?: FrozenValueChunk<A>, hold: Hold = RELEASED) {
    this.#kind = kind;
    this.values = frozen === undefined ? kind.make(FIRST_LENGTH, 0) : readStored(frozen.values);
    if (frozen === undefined) {
      if (kind.none !== 0) this.values.fill(kind.none);
      return;
    }
    this.#hold = hold;
    this.#frozen = frozen;
    if (frozen.runs !== undefined) {
      this.starts = readStored(frozen.runs.starts);
      this.counts = readStored(frozen.runs.counts);
      this.#used = frozen.values.length;
      this.#live = frozen.runs.live;
    }
  }

  /**
   * A second chunk with the same values, which is to be written from then on in the place of this one. Both have the same arrays until a value below `end`
   * is written; of what is written behind it, where this one has no documents, its arrays show nothing.
   */
  fork(end: number): ValueChunk<A> {
    const fork = new ValueChunk(this.#kind, { values: this.values });
    fork.starts = this.starts;
    fork.counts = this.counts;
    fork.#used = this.#used;
    fork.#live = this.#live;
    fork.#hold = this.#hold;
    fork.#frozen = this.#frozen;
    fork.#sharedEnd = end;
    if (this.starts === undefined || this.counts === undefined) {
      this.values = arrayUpTo(this.values, end);
    } else {
      this.starts = arrayUpTo(this.starts, end);
      this.counts = arrayUpTo(this.counts, end);
    }
    return fork;
  }

  /** The chunk as it is now: the same arrays as the last time, if nothing was written in between. */
  freeze(hold: Hold): FrozenValueChunk<A> {
    this.#hold = joinHolds(this.#hold, hold);
    this.#frozen ??= this.#freeze();
    return this.#frozen;
  }

  #freeze(): FrozenValueChunk<A> {
    const { starts, counts } = this;
    if (starts === undefined || counts === undefined) return { values: this.values };
    return { values: this.values.subarray(0, this.#used) as A, runs: { starts, counts, live: this.#live } };
  }

  get memoryBytes(): number {
    return this.values.byteLength + (this.starts === undefined ? 0 : this.starts.byteLength * 2);
  }

  /** Makes the arrays that are read by offset at least this long. */
  reach(length: number): void {
    const current = (this.starts ?? this.values).length;
    if (current >= length) return;
    const longer = grownLength(current, length);
    if (this.starts === undefined || this.counts === undefined) {
      const values = makeLike(this.values, longer);
      if (this.#kind.none !== 0) values.fill(this.#kind.none, current);
      values.set(this.values);
      this.values = values;
    } else {
      this.starts = lengthened(this.starts, longer);
      this.counts = lengthened(this.counts, longer);
    }
    this.#isOwn();
  }

  count(offset: number): number {
    if (this.counts !== undefined) return this.counts[offset] ?? 0;
    return this.#isNone(this.values[offset]) ? 0 : 1;
  }

  /** The value at `index` of a document that has more than `index` values. */
  value(offset: number, index: number): number {
    return this.starts === undefined ? this.values[offset]! : this.values[this.starts[offset]! + index]!;
  }

  /** Replaces a document's values by the first `count` of `values`. */
  write(offset: number, values: ArrayLike<number>, count: number): void {
    this.reach(offset + 1);
    this.#thawForWriting(offset);
    if (this.starts === undefined && count > 1) this.#startRuns();
    for (let i = 0; i < count; i++) this.#widenFor(values[i]!);
    if (this.starts === undefined) this.values[offset] = count === 0 ? this.#kind.none : values[0]!;
    else this.#writeRun(offset, values, count);
  }

  #writeRun(offset: number, values: ArrayLike<number>, count: number): void {
    this.#live += count - this.counts![offset]!;
    this.counts![offset] = 0;
    if (this.#used + count > this.values.length) this.#makeRoom(count);
    for (let i = 0; i < count; i++) this.values[this.#used + i] = values[i]!;
    this.starts![offset] = this.#used;
    this.counts![offset] = count;
    this.#used += count;
  }

  /** Makes a larger arena, without what no document refers to any more. Every run begins elsewhere then, which others that have the starts do not see. */
  #makeRoom(count: number): void {
    const starts = this.starts!.slice();
    const counts = this.counts!;
    const wanted = Math.max(FIRST_LENGTH, this.#live + count);
    const target = makeLike(this.values, wanted + (wanted >>> 1));
    let used = 0;
    let runStart = 0;
    let runEnd = 0;
    for (let offset = 0; offset < counts.length; offset++) {
      const length = counts[offset]!;
      if (length === 0) continue;
      const start = starts[offset]!;
      // Neighbours mostly stand behind each other, and are copied together.
      if (start !== runEnd) {
        copyValues(this.values, runStart, runEnd, target, used - (runEnd - runStart));
        runStart = start;
      }
      runEnd = start + length;
      starts[offset] = used;
      used += length;
    }
    copyValues(this.values, runStart, runEnd, target, used - (runEnd - runStart));
    this.values = target;
    this.starts = starts;
    this.#used = used;
  }

  #startRuns(): void {
    const old = this.values;
    this.starts = new Uint32Array(old.length);
    this.counts = new Uint32Array(old.length);
    let used = 0;
    const arena = makeLike(old, old.length);
    for (let offset = 0; offset < old.length; offset++) {
      const value = old[offset]!;
      if (this.#isNone(value)) continue;
      arena[used] = value;
      this.starts[offset] = used;
      this.counts[offset] = 1;
      used++;
    }
    this.values = arena;
    this.#used = used;
    this.#live = used;
    this.#sharedEnd = 0;
  }

  #widenFor(value: number): void {
    if (this.#kind.fits(this.values, value)) return;
    const wider = this.#kind.make(this.values.length, value);
    wider.set(this.values);
    this.values = wider;
  }

  #thawForWriting(offset: number): void {
    const inPlace = offset >= this.#sharedEnd && isFree(this.#hold);
    if (inPlace && this.#hold === undefined) return;
    const sharedEnd = inPlace ? this.#sharedEnd : 0;
    if (this.starts === undefined || this.counts === undefined) {
      this.values = renewedArray(this.values, inPlace);
    } else {
      this.starts = renewedArray(this.starts, inPlace);
      this.counts = renewedArray(this.counts, inPlace);
    }
    this.#isOwn();
    this.#sharedEnd = sharedEnd;
  }

  /** Notes that the arrays are nobody else's any more. */
  #isOwn(): void {
    this.#hold = undefined;
    this.#frozen = undefined;
    this.#sharedEnd = 0;
  }

  #isNone(value: number | undefined): boolean {
    return value === undefined || value === this.#kind.none || Number.isNaN(value);
  }
}

function copyValues(from: NumberArray, start: number, end: number, to: NumberArray, at: number): void {
  if (end - start > LONG_RUN) to.set(from.subarray(start, end), at);
  else for (let i = start; i < end; i++) to[at + i - start] = from[i]!;
}

function grownLength(current: number, needed: number): number {
  let length = Math.max(FIRST_LENGTH, current);
  while (length < needed) length *= 2;
  return Math.min(CHUNK_DOCS, length);
}

function lengthened(array: Uint32Array, length: number): Uint32Array {
  const longer = new Uint32Array(length);
  longer.set(array);
  return longer;
}
