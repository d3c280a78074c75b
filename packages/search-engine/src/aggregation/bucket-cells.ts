const PAGE_SHIFT = 10;
const PAGE_BUCKETS = 1 << PAGE_SHIFT;
const PAGE_MASK = PAGE_BUCKETS - 1;
const FIRST_BUCKETS = 16;

/**
 * Some numbers for each bucket, from 0 on, in pages of 1024 buckets: however many buckets there are, making room for one more never copies more than
 * the first page, which alone grows by doubling.
 */
export class BucketCells {
  readonly #width: number;
  readonly #pages: Float64Array[] = [];

  /** `width` numbers are kept for each bucket. */
  constructor(width: number) {
    this.#width = width;
  }

  /** The page with the bucket's cells, from {@link start} on, to be written; it stands until a page is next asked for. */
  page(bucket: number): Float64Array {
    const page = this.#pages[bucket >>> PAGE_SHIFT];
    return page !== undefined && this.start(bucket) < page.length ? page : this.#grow(bucket, page);
  }

  /** Where the bucket's cells begin in its page. */
  start(bucket: number): number {
    return (bucket & PAGE_MASK) * this.#width;
  }

  /** One of the bucket's cells; 0 if it was never written. */
  get(bucket: number, cell: number): number {
    return this.#pages[bucket >>> PAGE_SHIFT]?.[this.start(bucket) + cell] ?? 0;
  }

  #grow(bucket: number, old: Float64Array | undefined): Float64Array {
    let buckets = bucket < PAGE_BUCKETS ? FIRST_BUCKETS : PAGE_BUCKETS;
    while (buckets <= (bucket & PAGE_MASK)) buckets *= 2;
    const page = new Float64Array(buckets * this.#width);
    if (old !== undefined) page.set(old);
    this.#pages[bucket >>> PAGE_SHIFT] = page;
    return page;
  }
}
