import { visitInChunks } from '../../columns/doc-set.ts';
import type { NumericDocValues } from '../../columns/doc-values.ts';
import type { IndexedValue } from '../../mapping/field-values.ts';
import type { Steps } from '../../steps/steps.ts';
import type { AggregatedIndex } from '../aggregator.ts';
import type { DocBatch } from '../doc-batch.ts';
import { ROOT_BUCKETS } from '../root-batch.ts';
import type { BucketCollector, SubAggregators } from '../sub-aggregations.ts';
import { SubFeed } from '../sub-aggregations.ts';
import type { NumberBatch } from '../value-batch.ts';
import { NumberGatherer } from '../value-batch.ts';
import { BucketTable } from './bucket-table.ts';
import type { TermsCollector, TermsEntry } from './terms-collector.ts';

/** Terms of a field of numbers, dates or booleans. */
export class NumberTermsCollector implements BucketCollector, TermsCollector {
  readonly feed: SubFeed;
  readonly #docValues: NumericDocValues | undefined;
  readonly #index: AggregatedIndex;
  readonly #missing: number | undefined;
  readonly #table = new BucketTable();
  readonly #gatherer: NumberGatherer;
  #everyValue: ReadonlySet<number> | undefined;

  constructor(
    docValues: NumericDocValues | undefined,
    missing: IndexedValue | undefined,
    below: SubAggregators,
    index: AggregatedIndex,
  ) {
    this.feed = new SubFeed(below, index);
    this.#docValues = docValues;
    this.#index = index;
    this.#missing = missing === undefined ? undefined : Number(missing);
    this.#gatherer = new NumberGatherer(docValues, this.#missing, (batch) => this.#count(batch));
  }

  collect(batch: DocBatch): void {
    this.#gatherer.gather(batch);
  }

  /** Writes each document's own bucket over the one above, then hands the batch on. */
  #count({ values, offsets, buckets, count, chunk }: NumberBatch): void {
    const table = this.#table;
    let size = 0;
    let lastOffset = -1;
    let lastParent = -1;
    let lastValue = Number.NaN;
    for (let i = 0; i < count; i++) {
      const value = values[i]!;
      const offset = offsets[i]!;
      const parent = buckets[i]!;
      // A value that a document has twice counts once; equal values stand together.
      if (value === lastValue && offset === lastOffset && parent === lastParent) continue;
      lastValue = value;
      lastOffset = offset;
      lastParent = parent;
      const bucket = table.bucket(parent, value);
      table.count(bucket);
      offsets[size] = offset;
      buckets[size++] = bucket;
    }
    this.feed.forward({ chunk, offsets, buckets, count: size });
  }

  /** Reads every value, which {@link entries} needs where it is to include those that no document found has. */
  *findEmpty(): Steps<void> {
    if (this.#everyValue !== undefined) return;
    const every = new Set<number>();
    const gatherer = new NumberGatherer(this.#docValues, this.#missing, ({ values, count }) => {
      for (let i = 0; i < count; i++) every.add(values[i]!);
    });
    yield* visitInChunks(this.#index.reader.liveDocs(), (chunk, offsets, count) =>
      gatherer.gather({ chunk, offsets, buckets: ROOT_BUCKETS, count }),
    );
    this.#everyValue = every;
  }

  *entries(bucket: number, includeEmpty: boolean): Iterable<TermsEntry> {
    const found = this.#table.below(bucket);
    for (const [key, own] of found) yield { key, docCount: this.#table.docCount(own), bucket: own };
    if (!includeEmpty) return;
    for (const key of this.#everyValue ?? []) if (!found.has(key)) yield { key, docCount: 0, bucket: undefined };
  }
}
