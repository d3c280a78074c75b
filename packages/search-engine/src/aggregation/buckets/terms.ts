import type { IndexedValue } from '../../mapping/field-values.ts';
import type { Steps } from '../../steps/steps.ts';
import { mapInSteps, visitInSteps } from '../../steps/visit-in-steps.ts';
import type { AggregationResult, Bucket, TermsAggregation } from '../aggregation.ts';
import { aggregationError } from '../aggregation-error.ts';
import type { AggregatedIndex, Aggregator, Part } from '../aggregator.ts';
import type { FieldSource, PlanContext } from '../field-source.ts';
import { numericValues, ordinalValues, resolveField } from '../field-source.ts';
import type { ResultBuilder } from '../result-builder.ts';
import type { SubAggregators } from '../sub-aggregations.ts';
import { subResults } from '../sub-aggregations.ts';
import type { BucketEntry } from './entry.ts';
import { NumberTermsCollector } from './number-terms-collector.ts';
import { bucketComparison } from './order.ts';
import { OrdinalTermsCollector } from './ordinal-terms-collector.ts';
import { Top } from './select-top.ts';
import type { TermFilter } from './term-filter.ts';
import { termFilter } from './term-filter.ts';
import type { Selection, TermsEntry } from './terms-collector.ts';

type AnyTermsCollector = OrdinalTermsCollector | NumberTermsCollector;

/** A bucket for each value of a field; the first `size` by the order are answered. */
export class TermsAggregator implements Aggregator<AnyTermsCollector> {
  readonly #request: TermsAggregation;
  readonly #source: FieldSource;
  readonly #below: SubAggregators;
  readonly #accepts: TermFilter;
  readonly #compare: (a: BucketEntry, b: BucketEntry) => number;

  constructor(name: string, request: TermsAggregation, below: SubAggregators, context: PlanContext) {
    this.#request = request;
    this.#below = below;
    const use = request.maxDocCount === undefined ? 'terms' : 'rare_terms';
    this.#source = resolveField(request, context, { name: use, numbersOnly: false, unmappedType: 'keyword' });
    const { type, kind } = this.#source;
    if (request.format !== undefined && type !== undefined && (kind === 'string' || kind === 'boolean')) {
      throw aggregationError(`Field [${type.path}] of type [${type.type}] does not support custom formats`);
    }
    if (request.maxDocCount !== undefined && kind === 'double') {
      throw aggregationError('RareTerms aggregation does not support floating point fields.');
    }
    this.#accepts = termFilter(name, request, this.#source, context.nowMs);
    this.#compare = bucketComparison(request.order, below);
  }

  collector(index: AggregatedIndex): AnyTermsCollector {
    const isString = this.#source.kind === 'string' || this.#source.kind === 'unmapped';
    return isString
      ? new OrdinalTermsCollector(ordinalValues(this.#source, index), this.#source.missing, this.#below, index)
      : new NumberTermsCollector(numericValues(this.#source, index), this.#source.missing, this.#below, index);
  }

  result(
    parts: readonly Part<AnyTermsCollector>[],
    results: ResultBuilder,
  ): AggregationResult | Steps<AggregationResult> {
    const part = this.#usualPart(parts);
    if (part?.collector.hasFew(part.bucket) !== true) return this.#resultInSteps(parts, part, results);
    const { size, minDocCount } = this.#request;
    const selection = part.collector.mostFrequentOfFew(part.bucket, size, minDocCount);
    results.addBuckets(selection.top.length);
    const buckets = selection.top.map((entry) => this.#bucket(entry, results));
    return this.#answer(selection, buckets);
  }

  *#resultInSteps(
    parts: readonly Part<AnyTermsCollector>[],
    part: Part<OrdinalTermsCollector> | undefined,
    results: ResultBuilder,
  ): Steps<AggregationResult> {
    const { size, minDocCount } = this.#request;
    const selection =
      (part && (yield* part.collector.mostFrequent(part.bucket, size, minDocCount))) ?? (yield* this.#selected(parts));
    results.addBuckets(selection.top.length);
    const buckets = yield* mapInSteps(selection.top, (entry) => this.#bucket(entry, results));
    return this.#answer(selection, buckets);
  }

  #answer({ top, total }: Selection, buckets: readonly Bucket[]): AggregationResult {
    const { meta } = this.#request;
    const shown = top.reduce((sum, { docCount }) => sum + docCount, 0);
    return {
      type: 'buckets',
      of: 'terms',
      kind: this.#source.kind,
      keyed: false,
      buckets,
      ...(this.#request.maxDocCount === undefined ? { sumOtherDocCount: total - shown } : {}),
      ...(this.#request.showsErrors ? { showsErrors: true } : {}),
      ...(meta === undefined ? {} : { meta }),
    };
  }

  /** What the usual request, by count and of every term, finds over one index. Undefined for any other. */
  #usualPart(parts: readonly Part<AnyTermsCollector>[]): Part<OrdinalTermsCollector> | undefined {
    const [part] = parts;
    const { minDocCount, order, include, exclude } = this.#request;
    const [first, second] = order;
    const byCount = first?.path === '_count' && first.direction === 'desc';
    const thenByKey = second === undefined || (second.path === '_key' && second.direction === 'asc');
    if (part === undefined || parts.length > 1 || !byCount || !thenByKey || minDocCount === 0) return undefined;
    if (include !== undefined || exclude !== undefined) return undefined;
    const { collector, bucket } = part;
    return collector instanceof OrdinalTermsCollector ? { collector, bucket } : undefined;
  }

  *#selected(parts: readonly Part<AnyTermsCollector>[]): Steps<Selection> {
    const { size, minDocCount, maxDocCount = Number.POSITIVE_INFINITY } = this.#request;
    const top = new Top(size, this.#compare);
    let total = 0;
    const offer = (entry: BucketEntry): void => {
      if (entry.docCount < minDocCount || entry.docCount > maxDocCount) return;
      total += entry.docCount;
      top.offer(entry);
    };
    const [part] = parts;
    if (part !== undefined && parts.length === 1) yield* this.#visitEntries(part, offer);
    else yield* visitInSteps((yield* this.#merged(parts)).values(), offer);
    return { top: yield* top.sorted(), total };
  }

  *#merged(parts: readonly Part<AnyTermsCollector>[]): Steps<ReadonlyMap<IndexedValue, BucketEntry>> {
    const merged = new Map<IndexedValue, BucketEntry>();
    const add = (entry: BucketEntry): void => {
      const known = merged.get(entry.key);
      if (known === undefined) merged.set(entry.key, entry);
      else {
        known.docCount += entry.docCount;
        known.parts.push(...entry.parts);
      }
    };
    for (const part of parts) yield* this.#visitEntries(part, add);
    return merged;
  }

  *#visitEntries({ collector, bucket }: Part<AnyTermsCollector>, visit: (entry: BucketEntry) => void): Steps<void> {
    const includeEmpty = this.#request.minDocCount === 0;
    if (includeEmpty && collector instanceof NumberTermsCollector) yield* collector.findEmpty();
    yield* visitInSteps(collector.entries(bucket, includeEmpty), (entry) => {
      if (this.#accepts(entry.key)) visit(entryOf(collector, entry));
    });
  }

  #bucket(entry: BucketEntry, results: ResultBuilder): Bucket {
    const { formatter, kind } = this.#source;
    const { key, docCount } = entry;
    const shown = formatter?.(key);
    const aggregations = subResults(this.#below, entry.parts, results);
    if (shown === undefined) return { key, docCount, aggregations };
    return kind === 'string'
      ? { key: shown, docCount, aggregations }
      : { key, keyAsString: shown, docCount, aggregations };
  }
}

function entryOf(collector: AnyTermsCollector, { key, docCount, bucket }: TermsEntry): BucketEntry {
  return { key, docCount, parts: bucket === undefined ? [] : [{ collector, bucket }] };
}
