import { BitSet } from '../../columns/bit-set.ts';
import type { DocBatch } from '../doc-batch.ts';

/** Values of a bucket that may be one of so few are bits from the first on. */
const FEW_VALUES = 512;
/** A value takes about so many bits in a set. */
const BITS_OF_VALUE = 256;

/** The different values of each bucket: bits where that takes less than a set. */
export class DistinctValues {
  readonly #limit: number;
  readonly #buckets: Map<number, Set<number> | BitSet> = new Map();

  /** All values are whole and from 0 to below `limit`, if there is one. */
  constructor(limit: number = Number.POSITIVE_INFINITY) {
    this.#limit = limit;
  }

  /** Adds to each document's bucket the value that stands at its place. */
  add({ buckets, count }: DocBatch, values: Float64Array | Uint32Array): void {
    let bucket = -1;
    let seen: Set<number> | BitSet | undefined;
    for (let i = 0; i < count; i++) {
      if (seen === undefined || buckets[i] !== bucket) {
        bucket = buckets[i]!;
        seen = this.#of(bucket);
      }
      seen.add(values[i]!);
    }
  }

  size(bucket: number): number {
    return this.#buckets.get(bucket)?.size ?? 0;
  }

  *values(bucket: number): Iterable<number> {
    const seen = this.#buckets.get(bucket);
    if (seen instanceof BitSet) {
      for (let value = 0; value < this.#limit; value++) if (seen.has(value)) yield value;
    } else if (seen !== undefined) yield* seen;
  }

  #of(bucket: number): Set<number> | BitSet {
    const seen = this.#buckets.get(bucket);
    if (seen instanceof BitSet) return seen;
    if (seen !== undefined && seen.size * BITS_OF_VALUE < this.#limit) return seen;
    const next = seen !== undefined || this.#limit <= FEW_VALUES ? this.#bits(seen) : new Set<number>();
    this.#buckets.set(bucket, next);
    return next;
  }

  #bits(values: Iterable<number> = []): BitSet {
    const bits = BitSet.forDocs(this.#limit);
    for (const value of values) bits.add(value);
    return bits;
  }
}
