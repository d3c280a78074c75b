import { grownCounters } from '../growable.ts';

/**
 * Numbers the buckets of one collector: one for each pair of the bucket above and a key. Keys are numbers or ordinals; those of one bucket above are
 * found by a map of their own.
 */
export class BucketTable {
  readonly #children: (Map<number, number> | undefined)[] = [];
  #docCounts: Uint32Array = new Uint32Array(16);
  #size: number;
  #lastParent = -1;
  #lastKey = Number.NaN;
  #lastBucket = -1;

  /** Numbers from `firstFree` on are given to new buckets. */
  constructor(firstFree = 0) {
    this.#size = firstFree;
  }

  /** The bucket of the pair, made when it is new. */
  bucket(parent: number, key: number): number {
    if (parent === this.#lastParent && key === this.#lastKey) return this.#lastBucket;
    const children = this.#childrenOf(parent);
    let bucket = children.get(key);
    if (bucket === undefined) {
      bucket = this.#size++;
      children.set(key, bucket);
      this.#docCounts = grownCounters(this.#docCounts, bucket);
    }
    this.#lastParent = parent;
    this.#lastKey = key;
    this.#lastBucket = bucket;
    return bucket;
  }

  #childrenOf(parent: number): Map<number, number> {
    let children = this.#children[parent];
    if (children === undefined) {
      children = new Map();
      while (this.#children.length < parent) this.#children.push(undefined);
      this.#children[parent] = children;
    }
    return children;
  }

  /** Counts documents into a bucket. */
  count(bucket: number, docs = 1): void {
    this.#docCounts[bucket]! += docs;
  }

  /** Key and bucket of each pair below a bucket above, in the order of their first document. */
  below(parent: number): ReadonlyMap<number, number> {
    return this.#children[parent] ?? NO_BUCKETS;
  }

  docCount(bucket: number): number {
    return this.#docCounts[bucket]!;
  }
}

const NO_BUCKETS: ReadonlyMap<number, number> = new Map();
