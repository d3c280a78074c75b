import { DaybookError } from '@daybook/errors';
import { finish, type Steps } from '../steps/steps.ts';

/** Elasticsearch's default of `search.max_buckets`. */
export const MAX_BUCKETS = 65_535;

/** Builds the results of one answer: counts its buckets, and fills what stands below each bucket in a step of its own. */
export class ResultBuilder {
  readonly #maxBuckets: number;
  #buckets = 0;
  readonly #waiting: (() => void)[] = [];

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

  /** Calls `fill` before the results are used. */
  later(fill: () => void): void {
    this.#waiting.push(fill);
  }

  /** Does what waits, and what comes to wait meanwhile. */
  *fill(): Steps<void> {
    for (let fill = this.#waiting.pop(); fill !== undefined; fill = this.#waiting.pop()) {
      fill();
      yield;
    }
  }
}

/** A result that is needed at once, outside an answer: its buckets have no limit of their own. */
export function resultAtOnce<R>(build: (results: ResultBuilder) => R): R {
  const results = new ResultBuilder(Number.POSITIVE_INFINITY);
  const result = build(results);
  finish(results.fill());
  return result;
}
