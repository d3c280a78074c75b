import { sortNumbersInSteps } from '../steps/sort-numbers-in-steps.ts';
import { finish, type Steps } from '../steps/steps.ts';
import type { BytesInBlock } from './byte-arena.ts';
import { compareBytes, type TermRange } from './term-range.ts';

/** Most terms of a segment: each stands in it as two bytes. */
const SEGMENT_TERMS = 65_536;
/**
 * Terms of a segment of each tier, and most of these that one search sorts. What makes no segment of one tier is in those of the next; the terms behind
 * the last one are looked at one by one.
 */
const TIERS = [
  { terms: SEGMENT_TERMS, sortedAtOnce: 32 },
  { terms: 4096, sortedAtOnce: 4 },
  { terms: 512, sortedAtOnce: 8 },
] as const;
/** Bytes of a term that a key for sorting takes in, as digits to this base: 0 stands for the end of the term. */
const KEY_BYTES = 4;
const BASE = 257;
/** Runs of so few terms with one key are sorted by their whole bytes. */
const SHORT_RUN = 8;
/** Terms that are looked at, or sorted in runs by their later bytes, in one step. */
const STEP_TERMS = 4096;

/**
 * The order by bytes of a dictionary's terms, in segments of 65,536 ordinals, two bytes for each term; the terms behind them are in smaller segments until
 * they make one. A segment is sorted when a search first wants it and is complete by then, so it never changes; searches look into each segment by
 * halving.
 */
export class TermOrder {
  readonly #locate: (ordinal: number) => BytesInBlock;
  /** By tier, of each segment the ordinals less its first one, in the order of their terms. */
  readonly #tiers: Uint16Array[][] = TIERS.map(() => []);

  constructor(locate: (ordinal: number) => BytesInBlock) {
    this.#locate = locate;
  }

  /** The ordinals from 1 on that are in order. */
  get size(): number {
    return this.#sizeTo(TIERS.length - 1);
  }

  /** The same of the segments of a tier and of those before it. */
  #sizeTo(last: number): number {
    let size = 0;
    for (let tier = 0; tier <= last; tier++) size += this.#tiers[tier]!.length * TIERS[tier]!.terms;
    return size;
  }

  get memoryBytes(): number {
    return this.size * Uint16Array.BYTES_PER_ELEMENT;
  }

  /** Sorts segments that are complete in a dictionary of `terms` terms. */
  *extend(terms: number): Steps<void> {
    for (const [tier, { terms: length, sortedAtOnce }] of TIERS.entries()) {
      for (let sorted = 0; sorted < sortedAtOnce && this.#sizeTo(tier) + length <= terms; sorted++) {
        const first = this.#sizeTo(tier) + 1;
        // A search of a small dictionary takes no steps.
        const segment = tier === 0 ? yield* this.#sorted(length, first) : finish(this.#sorted(length, first));
        // Another search may have sorted it meanwhile.
        if (this.#sizeTo(tier) + 1 === first) {
          this.#tiers[tier]!.push(segment);
          for (let later = tier + 1; later < TIERS.length; later++) this.#tiers[later] = [];
        }
        yield;
      }
    }
  }

  *#sorted(terms: number, first: number): Steps<Uint16Array> {
    const segment = new Uint16Array(terms);
    for (let at = 0; at < terms; at++) segment[at] = at;
    yield* this.#sort(segment, first, 0);
    return segment;
  }

  /** Calls `visit` with every term of the range that is in order, in steps. The object is reused. */
  *visit(range: TermRange, visit: (ordinal: number, term: BytesInBlock) => void): Steps<void> {
    let first = 1;
    // Other searches may sort some meanwhile.
    for (const segment of this.#tiers.flat()) {
      yield* this.#visitSegment(segment, first, range, visit);
      first += segment.length;
    }
  }

  *#visitSegment(
    segment: Uint16Array,
    first: number,
    { from, before }: TermRange,
    visit: (ordinal: number, term: BytesInBlock) => void,
  ): Steps<void> {
    let at = from === undefined ? 0 : this.#lowerBound(segment, first, from, 0, segment.length);
    const end = before === undefined ? segment.length : this.#endBefore(segment, first, before, at);
    do {
      this.#visitAll(segment.subarray(at, Math.min(end, at + STEP_TERMS)), first, visit);
      yield;
      at += STEP_TERMS;
    } while (at < end);
  }

  /** The loop itself, since loops of generators are not compiled. */
  #visitAll(run: Uint16Array, first: number, visit: (ordinal: number, term: BytesInBlock) => void): void {
    for (let at = 0; at < run.length; at++) {
      const ordinal = first + run[at]!;
      visit(ordinal, this.#locate(ordinal));
    }
  }

  /** The place of the first term from `start` on that does not come before `bytes`: most ranges are short. */
  #endBefore(segment: Uint16Array, first: number, bytes: Uint8Array, start: number): number {
    let low = start;
    let high = start;
    for (let width = 1; high < segment.length; width *= 2) {
      if (compareBytes(this.#locate(first + segment[high]!), bytes) >= 0) break;
      low = high + 1;
      high += width;
    }
    return this.#lowerBound(segment, first, bytes, low, Math.min(high, segment.length));
  }

  /** The same where it is known to be one from `low` to `high`. */
  #lowerBound(segment: Uint16Array, first: number, bytes: Uint8Array, from: number, to: number): number {
    let low = from;
    let high = to;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (compareBytes(this.#locate(first + segment[middle]!), bytes) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Sorts a run of terms whose first `depth` bytes are equal: by the next bytes in which they differ, then each run that is still equal. */
  *#sort(run: Uint16Array, first: number, depth: number): Steps<void> {
    if (run.length <= SHORT_RUN) {
      this.#sortShort(run, first);
      return;
    }
    const from = yield* this.#commonLength(run, first, depth);
    const keys = yield* this.#sortByKeys(run, first, from);
    let stepTerms = 0;
    for (let start = 0; start < run.length; ) {
      const end = endOfEqual(keys, start);
      const equal = end - start > 1 ? this.#sort(run.subarray(start, end), first, from + KEY_BYTES) : undefined;
      if (equal !== undefined && end - start > STEP_TERMS) yield* equal;
      else if (equal !== undefined) finish(equal);
      stepTerms += end - start;
      start = end;
      if (stepTerms > STEP_TERMS) {
        stepTerms = 0;
        yield;
      }
    }
  }

  /** Sorts a run by the bytes of its terms from a place on, and gives the keys, in each of which the ordinal stands behind these. */
  *#sortByKeys(run: Uint16Array, first: number, from: number): Steps<Float64Array> {
    const unsorted = new Float64Array(run.length);
    for (let at = 0; at < run.length; at += STEP_TERMS) {
      if (at > 0) yield;
      this.#makeKeys(run.subarray(at, at + STEP_TERMS), first, from, unsorted.subarray(at));
    }
    const keys = yield* sortNumbersInSteps(unsorted);
    for (let at = 0; at < run.length; at++) run[at] = keys[at]! % SEGMENT_TERMS;
    return keys;
  }

  /** The loop itself, since loops of generators are not compiled. */
  #makeKeys(run: Uint16Array, first: number, from: number, keys: Float64Array): void {
    for (let at = 0; at < run.length; at++) {
      keys[at] = keyOf(this.#locate(first + run[at]!), from) * SEGMENT_TERMS + run[at]!;
    }
  }

  #sortShort(run: Uint16Array, first: number): void {
    for (let at = 1; at < run.length; at++) {
      const local = run[at]!;
      const { block, start, end } = this.#locate(first + local);
      const bytes = block.subarray(start, end);
      let to = at;
      for (; to > 0 && compareBytes(this.#locate(first + run[to - 1]!), bytes) > 0; to--) run[to] = run[to - 1]!;
      run[to] = local;
    }
  }

  /** How many bytes the terms of a run have in common, of which `depth` are known. */
  *#commonLength(run: Uint16Array, first: number, depth: number): Steps<number> {
    let common = Number.POSITIVE_INFINITY;
    for (let at = 0; at < run.length && common > depth; at += STEP_TERMS) {
      if (at > 0) yield;
      common = this.#commonWith(run[0]!, run.subarray(at, at + STEP_TERMS), first, depth, common);
    }
    return common;
  }

  /** How many bytes the terms of a run have in common with another term, if they are fewer than `most`. */
  #commonWith(local: number, run: Uint16Array, first: number, depth: number, most: number): number {
    const { block, start, end } = this.#locate(first + local);
    let common = Math.min(most, end - start);
    for (let at = 0; at < run.length && common > depth; at++) {
      const other = this.#locate(first + run[at]!);
      common = Math.min(common, other.end - other.start);
      let equal = depth;
      while (equal < common && block[start + equal] === other.block[other.start + equal]) equal++;
      common = equal;
    }
    return common;
  }
}

/** Where the keys end that have the same bytes as the one at `start`. */
function endOfEqual(keys: Float64Array, start: number): number {
  const key = Math.floor(keys[start]! / SEGMENT_TERMS);
  let end = start + 1;
  while (end < keys.length && Math.floor(keys[end]! / SEGMENT_TERMS) === key) end++;
  return end;
}

/** The bytes of a term from a place on, as one number below 2^33 that sorts like them. */
function keyOf({ block, start, end }: BytesInBlock, from: number): number {
  let key = 0;
  for (let at = start + from; at < start + from + KEY_BYTES; at++) key = key * BASE + (at < end ? block[at]! + 1 : 0);
  return key;
}
