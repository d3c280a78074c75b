import { BitSet } from '../../columns/bit-set.ts';
import type { DocSet } from '../../columns/doc-set.ts';
import { CHUNK_SHIFT } from '../../columns/doc-set.ts';
import type { Steps } from '../../steps/steps.ts';
import type {
  AggregationResult,
  FilterAggregation,
  FiltersAggregation,
  GlobalAggregation,
  MissingAggregation,
} from '../aggregation.ts';
import type { AggregatedIndex, Aggregator, Part } from '../aggregator.ts';
import type { DocBatch } from '../doc-batch.ts';
import type { PlanContext } from '../field-source.ts';
import { resolveField } from '../field-source.ts';
import { grownCounters } from '../growable.ts';
import type { ResultBuilder } from '../result-builder.ts';
import { type SubAggregators, SubFeed, subResults } from '../sub-aggregations.ts';
import { docCountOf, type FixedBucketsCollector, partsAt } from './fixed-buckets.ts';
import { HasValue } from './has-value.ts';

/** Whether a document, by its number, falls into a bucket. */
interface DocTest {
  has(doc: number): boolean;
}

function isDocSet(test: DocTest): test is DocSet {
  return 'forEachChunk' in test;
}

/** Buckets that tests of documents decide; the one after the tests takes the others, if asked for. */
export class FilterCollector implements FixedBucketsCollector {
  readonly feed: SubFeed;
  readonly bucketsPerParent: number;
  readonly #tests: readonly DocTest[];
  readonly #hasOther: boolean;
  #docCounts: Uint32Array = new Uint32Array(0);

  constructor(tests: readonly DocTest[], hasOther: boolean, below: SubAggregators, index: AggregatedIndex) {
    this.feed = new SubFeed(below, index);
    this.#tests = tests;
    this.#hasOther = hasOther;
    this.bucketsPerParent = tests.length + (hasOther ? 1 : 0);
  }

  docCount(bucket: number): number {
    return this.#docCounts[bucket] ?? 0;
  }

  /** Counts what each test's documents and the set have in common. */
  *collectSet(docs: DocSet): Steps<boolean> {
    const sets = this.#tests.filter((test) => isDocSet(test));
    if (!this.feed.isEmpty || this.#hasOther || sets.length < this.#tests.length || !(docs instanceof BitSet))
      return false;
    for (const [at, set] of sets.entries()) {
      this.#docCounts = grownCounters(this.#docCounts, at);
      this.#docCounts[at] = docs.countCommon(set);
      yield;
    }
    return true;
  }

  collect({ chunk, offsets, buckets, count }: DocBatch): void {
    const base = chunk << CHUNK_SHIFT;
    for (let i = 0; i < count; i++) {
      const first = buckets[i]! * this.bucketsPerParent;
      let found = false;
      for (let at = 0; at < this.#tests.length; at++) {
        if (!this.#tests[at]!.has(base + offsets[i]!)) continue;
        found = true;
        this.#add(chunk, offsets[i]!, first + at);
      }
      if (!found && this.#hasOther) this.#add(chunk, offsets[i]!, first + this.#tests.length);
    }
    this.feed.flush();
  }

  #add(chunk: number, offset: number, bucket: number): void {
    this.#docCounts = grownCounters(this.#docCounts, bucket);
    this.#docCounts[bucket]!++;
    this.feed.push(chunk, offset, bucket);
  }
}

/** One bucket of the documents that a test takes: `filter`, `missing` and `global`. */
export class SingleBucketAggregator implements Aggregator<FilterCollector> {
  readonly #request: FilterAggregation | MissingAggregation | GlobalAggregation;
  readonly #below: SubAggregators;
  readonly #test: (index: AggregatedIndex) => DocTest;

  constructor(
    request: FilterAggregation | MissingAggregation | GlobalAggregation,
    below: SubAggregators,
    context: PlanContext,
  ) {
    this.#request = request;
    this.#below = below;
    this.#test = testOf(request, context);
  }

  collector(index: AggregatedIndex): FilterCollector {
    return new FilterCollector([this.#test(index)], false, this.#below, index);
  }

  result(parts: readonly Part<FilterCollector>[], results: ResultBuilder): AggregationResult {
    const { type, meta } = this.#request;
    return {
      type: 'single',
      of: type,
      docCount: docCountOf(parts),
      aggregations: subResults(this.#below, parts, results),
      ...(meta === undefined ? {} : { meta }),
    };
  }
}

function testOf(
  request: FilterAggregation | MissingAggregation | GlobalAggregation,
  context: PlanContext,
): (index: AggregatedIndex) => DocTest {
  switch (request.type) {
    case 'filter':
      return ({ filtered }) => filtered.get(request.filter)!;
    case 'global':
      // Global stands at the root only, which feeds it every live document.
      return () => ({ has: () => true });
    case 'missing': {
      if (request.missing !== undefined) return () => ({ has: () => false });
      const source = resolveField(request, context, { name: 'missing', numbersOnly: false, takesRanges: true });
      return ({ reader }) => {
        const values = new HasValue(reader.docValues(source.name));
        return { has: (doc) => !values.has(doc) };
      };
    }
  }
}

/** A bucket for each of several queries. */
export class FiltersAggregator implements Aggregator<FilterCollector> {
  readonly #request: FiltersAggregation;
  readonly #below: SubAggregators;

  constructor(request: FiltersAggregation, below: SubAggregators) {
    this.#request = request;
    this.#below = below;
  }

  collector(index: AggregatedIndex): FilterCollector {
    const { filters, otherBucketKey } = this.#request;
    const sets: readonly DocSet[] = filters.map(({ filter }) => index.filtered.get(filter)!);
    return new FilterCollector(sets, otherBucketKey !== undefined, this.#below, index);
  }

  result(parts: readonly Part<FilterCollector>[], results: ResultBuilder): AggregationResult {
    const { filters, keyed, otherBucketKey, meta } = this.#request;
    const keys = filters.map(({ key }) => key);
    if (otherBucketKey !== undefined) keys.push(otherBucketKey);
    results.addBuckets(keys.length);
    return {
      type: 'buckets',
      of: 'filters',
      kind: 'string',
      keyed,
      buckets: keys.map((key, at) => {
        const own = partsAt(parts, at);
        return { key, docCount: docCountOf(own), aggregations: subResults(this.#below, own, results) };
      }),
      ...(meta === undefined ? {} : { meta }),
    };
  }
}
