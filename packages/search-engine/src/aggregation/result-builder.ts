import { DaybookError } from '@daybook/errors';
import { Later } from '../steps/later.ts';
import type { Steps } from '../steps/steps.ts';
import { tooMuchData } from './aggregation-error.ts';

/** Elasticsearch's default of `search.max_buckets`. */
export const MAX_BUCKETS = 65_535;

/** Of one answer, however many are asked for: each takes some hundred bytes, and as many again as JSON. */
const BUCKETS_BOUND = 262_144;

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
    if (this.#maxBuckets !== Number.POSITIVE_INFINITY) checkBuckets(this.#buckets, this.#maxBuckets);
  }

  /** What is to be filled in before the results are used. */
  later(fill: Steps<void>): void {
    this.#later.do(fill);
  }

  fill(): Steps<void> {
    return this.#later.finish();
  }
}

/**
 * Throws `limit-exceeded` for more buckets than are allowed, or than the engine bears. `told` is the number in the message; it is counted up to
 * where the results of all indices are made, unless the request alone says how many there are.
 */
export function checkBuckets(buckets: number, maxBuckets: number, told?: number): void {
  const phase = told === undefined ? 'reduce' : 'query';
  if (buckets > maxBuckets) {
    throw new DaybookError(
      'limit-exceeded',
      `Trying to create too many buckets. Must be less than or equal to: [${maxBuckets}] but was [${told ?? maxBuckets + 1}]. ` +
        'This limit can be set by changing the [search.max_buckets] cluster level setting.',
      { detail: { reason: 'too_many_buckets_exception', phase, properties: { max_buckets: maxBuckets } } },
    );
  }
  if (buckets > BUCKETS_BOUND) {
    throw tooMuchData(
      `data for [<aggregations>] would have [${buckets}] buckets, the limit is [${BUCKETS_BOUND}]`,
      phase,
    );
  }
}
