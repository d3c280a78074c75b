import { BitSet } from '../../columns/bit-set.ts';
import type { DocSet } from '../../columns/doc-set.ts';
import type { OrdinalChunk, OrdinalDocValues, Ordinals } from '../../columns/doc-values.ts';
import type { IndexedValue } from '../../mapping/field-values.ts';
import type { Steps } from '../../steps/steps.ts';
import { mapInSteps } from '../../steps/visit-in-steps.ts';
import type { AggregatedIndex } from '../aggregator.ts';
import type { DocBatch } from '../doc-batch.ts';
import { grownIntegers } from '../growable.ts';
import { collectInBatches, highestBucketOf, ROOT_BUCKETS } from '../root-batch.ts';
import type { BucketCollector, SubAggregators } from '../sub-aggregations.ts';
import { SubFeed } from '../sub-aggregations.ts';
import type { OrdinalBatch } from '../value-batch.ts';
import { OrdinalGatherer } from '../value-batch.ts';
import { BucketTable } from './bucket-table.ts';
import type { BucketEntry } from './entry.ts';
import { compareTerms } from './order.ts';
import { Top } from './select-top.ts';
import type { Selection, TermsCollector, TermsEntry } from './terms-collector.ts';

/** Above this many counters, buckets are kept in a table instead of one array for every term of the dictionary. */
const MAX_COUNTERS = 4_194_304;
/** The same where aggregations below keep more than a count for each bucket. */
const MAX_COUNTERS_WITH_OTHERS_BELOW = 262_144;

/** Words of bitsets that are counted in the time of one document. */
const WORDS_PER_DOC = 4;

/** Terms that are looked at in one step. */
const STEP_TERMS = 2048;
/** So few are looked at and sorted within microseconds. */
const FEW_TERMS = 32;

/**
 * Terms of a keyword field. While buckets above times terms are few enough, a term's bucket is `bucket above * terms + ordinal`, so that counting is
 * one addition to an array.
 */
export class OrdinalTermsCollector implements BucketCollector, TermsCollector {
  readonly feed: SubFeed;
  readonly #docValues: OrdinalDocValues | undefined;
  readonly #missing: string | undefined;
  /** Ordinals from 0 to that of the missing value, which may be one above the dictionary's. */
  readonly #stride: number;
  readonly #missingOrdinal: number;
  readonly #gatherer: OrdinalGatherer;
  readonly #index: AggregatedIndex;
  /** Of the buckets above that are numbered below {@link #denseParents}. */
  #counts: Uint32Array = new Uint32Array(0);
  /** Of the buckets above that are numbered from it on, once there are too many. */
  #table: BucketTable | undefined;
  #denseParents = 0;
  /** Whether every live document was found, so that the dictionary's own counts would be the root's. */
  readonly #foundAll: boolean;
  #countsAreKnown = false;
  /** Terms up to ordinal {@link FEW_TERMS}, once they were asked for. */
  readonly #firstTerms: string[] = [];

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
    this.#foundAll = this.feed.isEmpty && missing === undefined && index.matches.size === index.reader.liveDocs().size;
    this.#gatherer = new OrdinalGatherer(docValues, this.#missingOrdinal || undefined, (batch) => this.#count(batch));
  }

  /**
   * Where the terms are few and the documents many: counts what each term's documents and the set have in common, or reads only those documents of the
   * set that have a term.
   */
  *collectSet(docs: DocSet): Steps<boolean> {
    if (this.#foundAll) {
      this.#countsAreKnown = true;
      return true;
    }
    const docValues = this.#docValues;
    if (docValues === undefined || !(docs instanceof BitSet)) return false;
    if (this.#missingOrdinal !== 0) return false;
    const terms = docValues.dictionary.size;
    if (!this.feed.isEmpty) {
      const withTerm = yield* docsWithTerm(docs, docValues);
      if (withTerm !== undefined) yield* collectInBatches(withTerm, [this], this.#index);
      return withTerm !== undefined;
    }
    if (terms * docs.words.length > WORDS_PER_DOC * docs.size) return false;
    const postings = docValues.requestPostings?.();
    if (postings === undefined) return false;
    const counts = grownIntegers(new Uint32Array(0), this.#stride);
    for (let ordinal = 1; ordinal <= terms && !this.#index.limit.isOver; ordinal++) {
      counts[ordinal] = docs.countCommon(postings.docs(ordinal));
      yield;
    }
    this.#counts = counts;
    return true;
  }

  collect(batch: DocBatch): void {
    const isDense = this.#makeRoom(batch);
    const counts = this.#counts;
    const chunk = this.#docValues?.chunk(batch.chunk);
    // Counters of ordinal 0, which is no value, are never read.
    if (isDense && chunk !== undefined && this.#missingOrdinal === 0 && this.feed.isEmpty) {
      if (chunk.single) countOrdinals(batch, chunk.ordinals, counts, this.#stride);
      else countManyOrdinals(batch, chunk, counts, this.#stride);
    } else this.#gatherer.gather(batch);
  }

  /** Makes room for the batch: whether all its buckets above have counters of their own. */
  #makeRoom(batch: DocBatch): boolean {
    const highest = batch.highestBucket ?? highestBucketOf(batch);
    if (highest < this.#denseParents) return true;
    if (this.#table !== undefined) return false;
    const maxCounters = this.feed.isEmpty ? MAX_COUNTERS : MAX_COUNTERS_WITH_OTHERS_BELOW;
    const isDense = highest === 0 || (highest + 1) * this.#stride <= maxCounters;
    if (isDense) {
      this.#counts = grownIntegers(this.#counts, (highest + 1) * this.#stride);
      this.#denseParents = highest + 1;
    } else this.#table = new BucketTable(this.#counts.length);
    return isDense;
  }

  /** Writes each document's own bucket over the one above, then hands the batch on. */
  #count(batch: OrdinalBatch): void {
    const { ordinals, buckets, count } = batch;
    const counts = this.#counts;
    const stride = this.#stride;
    for (let i = 0; i < count; i++) {
      const parent = buckets[i]!;
      if (parent < this.#denseParents) {
        const bucket = parent * stride + ordinals[i]!;
        counts[bucket]!++;
        buckets[i] = bucket;
      } else {
        const bucket = this.#table!.bucket(parent, ordinals[i]!);
        this.#table!.count(bucket);
        buckets[i] = bucket;
      }
    }
    this.feed.forward(batch);
  }

  *entries(bucket: number, includeEmpty: boolean): Iterable<TermsEntry> {
    const terms = this.#docValues?.dictionary.size ?? 0;
    const below = bucket < this.#denseParents ? undefined : this.#table?.below(bucket);
    if (below !== undefined && !includeEmpty) {
      for (const [ordinal, own] of below) {
        yield { key: this.#term(ordinal), docCount: this.#table!.docCount(own), bucket: own };
      }
      return;
    }
    for (let ordinal = 1; ordinal <= Math.max(terms, this.#missingOrdinal); ordinal++) {
      const own = below === undefined ? bucket * this.#stride + ordinal : below.get(ordinal);
      const docCount = this.#docCount(ordinal, own);
      if (docCount > 0) yield { key: this.#term(ordinal), docCount, bucket: own };
      else if (includeEmpty && this.#exists(ordinal)) {
        yield { key: this.#term(ordinal), docCount: 0, bucket: undefined };
      }
    }
  }

  /** Whether {@link mostFrequentOfFew} can be asked for. */
  hasFew(bucket: number): boolean {
    return this.#lastOrdinal <= FEW_TERMS && this.#hasCounters(bucket);
  }

  /** What {@link mostFrequent} gives, at once: there may be thousands of buckets with a handful of terms. */
  mostFrequentOfFew(bucket: number, size: number, minDocCount: number): Selection {
    const base = bucket * this.#stride;
    const found: number[] = [];
    let total = 0;
    for (let ordinal = 1; ordinal <= this.#lastOrdinal; ordinal++) {
      const docs = this.#docCount(ordinal, base + ordinal);
      if (docs < minDocCount) continue;
      total += docs;
      let at = found.length;
      for (; at > 0 && this.#isBefore(ordinal, docs, found[at - 1]!, base); at--) found[at] = found[at - 1]!;
      found[at] = ordinal;
    }
    if (found.length > size) found.length = size;
    return { top: found.map((ordinal) => this.#entry(ordinal, base)), total };
  }

  /**
   * The terms with most documents, and the documents of all that have enough. Without a look at terms that are not among them, so a dictionary may be
   * large. Undefined when buckets are in a table.
   */
  *mostFrequent(bucket: number, size: number, minDocCount: number): Steps<Selection | undefined> {
    if (!this.#hasCounters(bucket)) return undefined;
    const base = bucket * this.#stride;
    const docCount = (ordinal: number): number => this.#docCount(ordinal, base + ordinal);
    const top = new Top<number>(size, (a, b) => docCount(b) - docCount(a) || this.#compare(a, b));
    const last = this.#lastOrdinal;
    let total = 0;
    const offer = (first: number, end: number): void => {
      for (let ordinal = first; ordinal < end; ordinal++) {
        const docs = docCount(ordinal);
        if (docs < minDocCount) continue;
        total += docs;
        top.offer(ordinal);
      }
    };
    for (let first = 1; first <= last; first += STEP_TERMS) {
      if (first > 1) yield;
      offer(first, Math.min(last + 1, first + STEP_TERMS));
    }
    return { top: yield* mapInSteps(yield* top.sorted(), (ordinal) => this.#entry(ordinal, base)), total };
  }

  /** Whether what is below the bucket is not in the table. */
  #hasCounters(bucket: number): boolean {
    return this.#table === undefined || bucket < this.#denseParents;
  }

  get #lastOrdinal(): number {
    return Math.max(this.#docValues?.dictionary.size ?? 0, this.#missingOrdinal);
  }

  /** Whether a term with so many documents comes before another of the bucket. */
  #isBefore(ordinal: number, docs: number, other: number, base: number): boolean {
    const otherDocs = this.#docCount(other, base + other);
    return docs === otherDocs ? this.#compare(ordinal, other) < 0 : docs > otherDocs;
  }

  #compare(a: number, b: number): number {
    const dictionary = this.#docValues?.dictionary;
    const size = dictionary?.size ?? 0;
    return a <= size && b <= size ? dictionary!.compare(a, b) : compareTerms(this.#term(a), this.#term(b));
  }

  #entry(ordinal: number, base: number): BucketEntry {
    const own = base + ordinal;
    return {
      key: this.#term(ordinal),
      docCount: this.#docCount(ordinal, own),
      parts: [{ collector: this, bucket: own }],
    };
  }

  #docCount(ordinal: number, own: number | undefined): number {
    if (this.#countsAreKnown) return this.#docValues?.docCount(ordinal) ?? 0;
    if (own === undefined) return 0;
    return this.#counts[own] ?? this.#table?.docCount(own) ?? 0;
  }

  /** Whether some live document has the term; the missing value stands for itself. */
  #exists(ordinal: number): boolean {
    if (ordinal === this.#missingOrdinal) return true;
    const docValues = this.#docValues;
    return docValues !== undefined && ordinal <= docValues.dictionary.size && docValues.docCount(ordinal) > 0;
  }

  #term(ordinal: number): string {
    if (ordinal === this.#missingOrdinal) return this.#missing!;
    if (ordinal > FEW_TERMS) return this.#docValues!.dictionary.term(ordinal);
    this.#firstTerms[ordinal] ??= this.#docValues!.dictionary.term(ordinal);
    return this.#firstTerms[ordinal];
  }
}

/** The documents of the set that have any term; undefined where finding them would take longer than they save. */
function* docsWithTerm(docs: BitSet, docValues: OrdinalDocValues): Steps<BitSet | undefined> {
  const terms = docValues.dictionary.size;
  if (terms > STEP_TERMS) return undefined;
  let candidates = 0;
  for (let ordinal = 1; ordinal <= terms; ordinal++) candidates += docValues.docCount(ordinal);
  if (candidates > docs.size) return undefined;
  const postings = docValues.requestPostings?.();
  if (postings === undefined) return undefined;
  const found = new BitSet(new Uint32Array(docs.words.length));
  for (let ordinal = 1; ordinal <= terms; ordinal++) {
    found.unite(postings.docs(ordinal));
    yield;
  }
  found.intersect(docs);
  return found;
}

function countOrdinals(
  { offsets, buckets, count }: DocBatch,
  ordinals: Ordinals,
  counts: Uint32Array,
  stride: number,
): void {
  if (buckets === ROOT_BUCKETS) for (let i = 0; i < count; i++) counts[ordinals[offsets[i]!]!]!++;
  else for (let i = 0; i < count; i++) counts[buckets[i]! * stride + ordinals[offsets[i]!]!]!++;
}

function countManyOrdinals(
  { offsets, buckets, count }: DocBatch,
  { starts, counts: lengths, ordinals }: OrdinalChunk & { readonly single: false },
  counts: Uint32Array,
  stride: number,
): void {
  for (let i = 0; i < count; i++) {
    const offset = offsets[i]!;
    const start = starts[offset]!;
    const end = start + lengths[offset]!;
    const base = buckets[i]! * stride;
    for (let at = start; at < end; at++) counts[base + ordinals[at]!]!++;
  }
}
