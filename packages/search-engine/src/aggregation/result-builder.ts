import { DaybookError } from '@daybook/errors';
import { Later } from '../steps/later.ts';
import { finish, type Steps } from '../steps/steps.ts';
import type { AggregationResult } from './aggregation.ts';
import type { Aggregator, Part } from './aggregator.ts';

/** Elasticsearch's default of `search.max_buckets`. */
export const MAX_BUCKETS = 65_535;

/** Builds the results of one answer: counts its buckets, and fills in what stands below each bucket later. */
export class ResultBuilder {
  readonly #maxBuckets: number;
  #buckets = 0;
  readonly #later = new Later();

  constructor(maxBuckets: number = MAX_BUCKETS) {
    this.#maxBuckets = maxBuckets;
  }

  /** Throws `limit-exceeded` (`too_many_buckets_exception`) when there are too many by now. */
  addBuckets(buckets: number): void {
    this.#buckets += buckets;
    if (this.#buckets <= this.#maxBuckets) return;
    const most = this.#maxBuckets;
    throw new DaybookError(
      'limit-exceeded',
      `Trying to create too many buckets. Must be less than or equal to: [${most}] but was [${most + 1}]. ` +
        'This limit can be set by changing the [search.max_buckets] cluster level setting.',
      { detail: { reason: 'too_many_buckets_exception', maxBuckets: most } },
    );
  }

  /** What is to be filled in before the results are used. */
  later(fill: Steps<void>): void {
    this.#later.do(fill);
  }

  fill(): Steps<void> {
    return this.#later.finish();
  }
}

/** An aggregation's result, whether or not it makes it in steps. */
export function* resultOf(
  aggregator: Aggregator,
  parts: readonly Part[],
  results: ResultBuilder,
): Steps<AggregationResult> {
  const result = aggregator.result(parts, results);
  return 'next' in result ? yield* result : result;
}

/** A result that is needed at once, outside an answer: its buckets have no limit of their own. */
export function resultAtOnce(aggregator: Aggregator, parts: readonly Part[]): AggregationResult {
  const results = new ResultBuilder(Number.POSITIVE_INFINITY);
  const result = finish(resultOf(aggregator, parts, results));
  finish(results.fill());
  return result;
}
