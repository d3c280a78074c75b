import type { OrdinalDocValues } from '../../columns/doc-values.ts';
import type { IndexedValue } from '../../mapping/field-values.ts';
import type { AggregatedIndex, DocBatch } from '../aggregator.ts';
import { grownIntegers } from '../growable.ts';
import { ROOT_BUCKETS } from '../root-batch.ts';
import type { BucketCollector, SubAggregators } from '../sub-aggregations.ts';
import { SubFeed } from '../sub-aggregations.ts';
import type { OrdinalBatch } from '../value-batch.ts';
import { OrdinalGatherer } from '../value-batch.ts';
import { BucketTable } from './bucket-table.ts';
import type { TermsCollector, TermsEntry } from './terms.ts';

/** Above this many counters, buckets are kept in a table instead of one array for every term of the dictionary. */
const MAX_COUNTERS = 4_194_304;
/** The same where aggregations below keep more than a count for each bucket. */
const MAX_COUNTERS_WITH_OTHERS_BELOW = 262_144;

/**
 * Terms of a keyword field. While buckets above times terms are few enough, a term's bucket is `bucket above * terms + ordinal`, so that counting is
 * one addition to an array.
 */
export class OrdinalTermsCollector implements BucketCollector, TermsCollector {
  readonly feed: SubFeed;
  readonly #docValues: OrdinalDocValues | undefined;
  readonly #index: AggregatedIndex;
  readonly #missing: string | undefined;
  /** Ordinals from 0 to that of the missing value, which may be one above the dictionary's. */
  readonly #stride: number;
  readonly #missingOrdinal: number;
  readonly #gatherer: OrdinalGatherer;
  #counts: Uint32Array | undefined = new Uint32Array(0);
  #table: BucketTable | undefined;
  #highestParent = 0;
  /** Whether every live document was found, so that the dictionary's own counts are the result. */
  #countsAreKnown: boolean;

  constructor(
    docValues: OrdinalDocValues | undefined,
    missing: IndexedValue | undefined,
    below: SubAggregators,
    index: AggregatedIndex,
  ) {
    this.feed = new SubFeed(below, index);
    this.#docValues = docValues;
    this.#index = index;
    this.#missing = missing === undefined ? undefined : String(missing);
    const terms = docValues?.dictionary.size ?? 0;
    const known = this.#missing === undefined ? 0 : (docValues?.dictionary.ordinal(this.#missing) ?? 0);
    this.#missingOrdinal = this.#missing === undefined ? 0 : known === 0 ? terms + 1 : known;
    this.#stride = terms + 2;
    this.#countsAreKnown =
      this.feed.isEmpty && missing === undefined && index.matches.size === index.reader.liveDocs().size;
    this.#gatherer = new OrdinalGatherer(docValues, this.#missingOrdinal || undefined, (batch) => this.#count(batch));
  }

  collect(batch: DocBatch): void {
    if (this.#countsAreKnown && isRootBatch(batch)) return;
    this.#countsAreKnown = false;
    this.#gatherer.gather(batch);
    this.feed.flush();
  }

  #count(batch: OrdinalBatch): void {
    if (this.#counts !== undefined) {
      let highest = this.#highestParent;
      for (let i = 0; i < batch.count; i++) if (batch.buckets[i]! > highest) highest = batch.buckets[i]!;
      this.#highestParent = highest;
      const maxCounters = this.feed.isEmpty ? MAX_COUNTERS : MAX_COUNTERS_WITH_OTHERS_BELOW;
      if (highest === 0 || (highest + 1) * this.#stride <= maxCounters) {
        this.#counts = grownIntegers(this.#counts, (highest + 1) * this.#stride);
        this.#countDense(batch, this.#counts);
        return;
      }
      this.#table = this.#toTable(this.#counts);
      this.#counts = undefined;
    }
    this.#countSparse(batch, this.#table!);
  }

  #countDense({ ordinals, offsets, buckets, count, chunk }: OrdinalBatch, counts: Uint32Array): void {
    const stride = this.#stride;
    for (let i = 0; i < count; i++) counts[buckets[i]! * stride + ordinals[i]!]!++;
    if (this.feed.isEmpty) return;
    for (let i = 0; i < count; i++) this.feed.push(chunk, offsets[i]!, buckets[i]! * stride + ordinals[i]!);
  }

  #countSparse({ ordinals, offsets, buckets, count, chunk }: OrdinalBatch, table: BucketTable): void {
    for (let i = 0; i < count; i++) {
      const bucket = table.bucket(buckets[i]!, ordinals[i]!);
      table.count(bucket);
      this.feed.push(chunk, offsets[i]!, bucket);
    }
  }

  /** Buckets keep their numbers, which the collectors below know them by. */
  #toTable(counts: Uint32Array): BucketTable {
    const table = new BucketTable(counts.length);
    for (let at = 0; at < counts.length; at++) {
      if (counts[at] !== 0) table.adopt(Math.floor(at / this.#stride), at % this.#stride, at, counts[at]!);
    }
    return table;
  }

  *entries(bucket: number, includeEmpty: boolean): Iterable<TermsEntry> {
    const terms = this.#docValues?.dictionary.size ?? 0;
    if (this.#table !== undefined && !includeEmpty) {
      for (const [ordinal, own] of this.#table.below(bucket)) {
        yield { key: this.#term(ordinal), docCount: this.#table.docCount(own), bucket: own };
      }
      return;
    }
    const below = this.#table?.below(bucket);
    for (let ordinal = 1; ordinal <= Math.max(terms, this.#missingOrdinal); ordinal++) {
      const own = below === undefined ? bucket * this.#stride + ordinal : below.get(ordinal);
      const docCount = this.#docCount(ordinal, own);
      if (docCount > 0) yield { key: this.#term(ordinal), docCount, bucket: own };
      else if (includeEmpty && ordinal <= terms && this.#docValues!.docCount(ordinal) > 0) {
        yield { key: this.#term(ordinal), docCount: 0, bucket: undefined };
      }
    }
  }

  #docCount(ordinal: number, own: number | undefined): number {
    if (this.#countsAreKnown) return this.#index.matches.size === 0 ? 0 : (this.#docValues?.docCount(ordinal) ?? 0);
    if (own === undefined) return 0;
    return this.#table?.docCount(own) ?? this.#counts?.[own] ?? 0;
  }

  #term(ordinal: number): string {
    return ordinal === this.#missingOrdinal ? this.#missing! : this.#docValues!.dictionary.term(ordinal);
  }
}

function isRootBatch({ buckets, count }: DocBatch): boolean {
  return ROOT_BUCKETS === buckets && count > 0;
}
