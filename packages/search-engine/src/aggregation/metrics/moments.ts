import type { NumericDocValues } from '../../columns/doc-values.ts';
import type { Collector, DocBatch, Part } from '../aggregator.ts';
import { grownFloats } from '../growable.ts';
import type { NumberBatch } from '../value-batch.ts';
import { NumberGatherer } from '../value-batch.ts';

/** Count, bounds and sums of the values of one bucket. */
export interface Moments {
  readonly count: number;
  readonly min: number;
  readonly max: number;
  readonly sum: number;
  readonly sumOfSquares: number;
}

/** Numbers kept for each bucket: count, minimum, maximum, sum and its error, sum of squares and its error. */
const WIDTH = 7;

/** Gathers {@link Moments}. Sums are compensated (Kahan), so that their order matters little. */
export class MomentsCollector implements Collector {
  readonly #gatherer: NumberGatherer;
  readonly #withSquares: boolean;
  #cells: Float64Array = new Float64Array(0);

  constructor(docValues: NumericDocValues | undefined, missing: number | undefined, withSquares: boolean) {
    this.#withSquares = withSquares;
    this.#gatherer = new NumberGatherer(docValues, missing, (batch) => this.#add(batch));
  }

  collect(batch: DocBatch): void {
    this.#gatherer.gather(batch);
  }

  #add({ values, buckets, count }: NumberBatch): void {
    for (let i = 0; i < count; i++) {
      const at = buckets[i]! * WIDTH;
      if (at + WIDTH > this.#cells.length) this.#cells = grownFloats(this.#cells, at + WIDTH - 1);
      const cells = this.#cells;
      const value = values[i]!;
      if (cells[at] === 0) {
        cells[at + 1] = value;
        cells[at + 2] = value;
      } else {
        if (value < cells[at + 1]!) cells[at + 1] = value;
        if (value > cells[at + 2]!) cells[at + 2] = value;
      }
      cells[at]!++;
      addCompensated(cells, at + 3, value);
      if (this.#withSquares) addCompensated(cells, at + 5, value * value);
    }
  }

  moments(bucket: number): Moments {
    const at = bucket * WIDTH;
    const [count = 0, min = 0, max = 0, sum = 0, , sumOfSquares = 0] = this.#cells.subarray(at, at + WIDTH);
    return count === 0 ? NO_VALUES : { count, min, max, sum, sumOfSquares };
  }
}

const NO_VALUES: Moments = {
  count: 0,
  min: Number.POSITIVE_INFINITY,
  max: Number.NEGATIVE_INFINITY,
  sum: 0,
  sumOfSquares: 0,
};

function addCompensated(cells: Float64Array, at: number, value: number): void {
  const sum = cells[at]!;
  const corrected = value - cells[at + 1]!;
  const next = sum + corrected;
  cells[at + 1] = next - sum - corrected;
  cells[at] = next;
}

/** The moments of a bucket over all indices. */
export function mergedMoments(parts: readonly Part<MomentsCollector>[]): Moments {
  let merged = NO_VALUES;
  for (const { collector, bucket } of parts) {
    const more = collector.moments(bucket);
    merged = {
      count: merged.count + more.count,
      min: Math.min(merged.min, more.min),
      max: Math.max(merged.max, more.max),
      sum: merged.sum + more.sum,
      sumOfSquares: merged.sumOfSquares + more.sumOfSquares,
    };
  }
  return merged;
}
