import { grownCounters } from '../growable.ts';
import type { NumberBatch } from '../value-batch.ts';
import { PAGE_VALUES, type ValuePages } from '../value-pages.ts';

/** Values of a bucket's first block; each further one takes twice as many, up to {@link LAST_BLOCK}. */
const FIRST_BLOCK = 8;
const LAST_BLOCK = 1024;
const PAGE_SHIFT = Math.log2(PAGE_VALUES);
/** So that few values take little. */
const FIRST_PAGE_VALUES = 2048;

/**
 * Every value of every bucket. Each bucket has a chain of blocks, and all blocks lie in a few pages: nothing is copied while a bucket grows, and
 * thousands of buckets leave no small arrays behind. Behind a block's values stands the address of the next block.
 */
export class BucketValues {
  readonly #lender: ValuePages;
  readonly #pages: Float64Array[] = [];
  #endOfPage = 0;
  /** Where the next block begins. */
  #free = 0;
  #counts: Uint32Array = new Uint32Array(0);
  /** By bucket, as all that follows: the address of its first block. */
  #firsts: Uint32Array = new Uint32Array(0);
  /** Where its next value goes. */
  #nexts: Uint32Array = new Uint32Array(0);
  /** Where its last block has no more room. */
  #ends: Uint32Array = new Uint32Array(0);

  constructor(lender: ValuePages) {
    this.#lender = lender;
  }

  /** Many at once, since each call for one value would put it into an object. */
  add({ buckets, values, count }: Pick<NumberBatch, 'buckets' | 'values' | 'count'>): void {
    for (let i = 0; i < count; i++) {
      const bucket = buckets[i]!;
      if (bucket >= this.#counts.length) this.#growTo(bucket);
      if (this.#nexts[bucket] === this.#ends[bucket]) this.#addBlock(bucket);
      const next = this.#nexts[bucket]!;
      this.#pages[next >>> PAGE_SHIFT]![next & (PAGE_VALUES - 1)] = values[i]!;
      this.#nexts[bucket] = next + 1;
      this.#counts[bucket]!++;
    }
  }

  count(bucket: number): number {
    return this.#counts[bucket] ?? 0;
  }

  /** Writes the bucket's values to `target`, from `at` on, in the order in which they came. */
  copyTo(target: Float64Array, at: number, bucket: number): void {
    if (this.#lender.areGivenBack) throw new Error('values were asked for after the results of their search were made');
    const end = at + this.count(bucket);
    let address = this.#firsts[bucket] ?? 0;
    for (let to = at, size = FIRST_BLOCK; to < end; size = sizeAfter(size)) {
      const page = this.#pages[address >>> PAGE_SHIFT]!;
      let from = address & (PAGE_VALUES - 1);
      for (const last = Math.min(end, to + size); to < last; ) target[to++] = page[from++]!;
      address = page[from]!;
    }
  }

  #growTo(bucket: number): void {
    this.#counts = grownCounters(this.#counts, bucket);
    this.#firsts = grownCounters(this.#firsts, bucket);
    this.#nexts = grownCounters(this.#nexts, bucket);
    this.#ends = grownCounters(this.#ends, bucket);
  }

  #addBlock(bucket: number): void {
    const isFirst = this.#counts[bucket] === 0;
    const size = isFirst ? FIRST_BLOCK : sizeAfter(this.#sizeOfLast(bucket));
    const address = this.#allocate(size + 1);
    if (isFirst) this.#firsts[bucket] = address;
    else this.#setNextBlock(this.#ends[bucket]!, address);
    this.#nexts[bucket] = address;
    this.#ends[bucket] = address + size;
  }

  /** Behind the values of a block that ends at `end`. */
  #setNextBlock(end: number, address: number): void {
    this.#pages[end >>> PAGE_SHIFT]![end & (PAGE_VALUES - 1)] = address;
  }

  /** The blocks of a bucket that is full hold together what all smaller ones would, or a whole number of the largest beside that. */
  #sizeOfLast(bucket: number): number {
    return Math.min(LAST_BLOCK, (this.#counts[bucket]! + FIRST_BLOCK) / 2);
  }

  /** The address of so many values in one page. */
  #allocate(values: number): number {
    if (this.#free + values > this.#endOfPage) {
      const page = this.#pages.length === 0 ? new Float64Array(FIRST_PAGE_VALUES) : this.#lender.borrow();
      this.#free = this.#pages.length << PAGE_SHIFT;
      this.#endOfPage = this.#free + page.length;
      this.#pages.push(page);
    }
    const address = this.#free;
    this.#free += values;
    return address;
  }
}

function sizeAfter(size: number): number {
  return Math.min(LAST_BLOCK, size * 2);
}
