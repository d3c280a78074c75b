import type { NumericDocValues } from '../../columns/doc-values.ts';
import type { Collector, Part } from '../aggregator.ts';
import { BucketCells } from '../bucket-cells.ts';
import type { DocBatch } from '../doc-batch.ts';
import { ROOT_BUCKETS } from '../root-batch.ts';
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
/** Below this many documents a run is not worth the set-up. */
const SHORT_RUN = 8;

/** Gathers {@link Moments}. Sums are compensated (Kahan), so that their order matters little. */
export class MomentsCollector implements Collector {
  readonly #gatherer: NumberGatherer;
  readonly #docValues: NumericDocValues | undefined;
  readonly #hasMissing: boolean;
  readonly #withSquares: boolean;
  readonly #cells: BucketCells = new BucketCells(WIDTH);

  constructor(docValues: NumericDocValues | undefined, missing: number | undefined, withSquares: boolean) {
    this.#docValues = docValues;
    this.#hasMissing = missing !== undefined;
    this.#withSquares = withSquares;
    this.#gatherer = new NumberGatherer(docValues, missing, (batch) => this.#add(batch));
  }

  collect(batch: DocBatch): void {
    const chunk = this.#docValues?.chunk(batch.chunk);
    if (chunk?.single === true && !this.#hasMissing) this.#addSingle(batch, chunk.values);
    else this.#gatherer.gather(batch);
  }

  /** Values are read where they stand; those of a run of documents in one bucket are added up before they touch the cells. */
  #addSingle({ offsets, buckets, count }: DocBatch, values: Float64Array): void {
    const isRoot = buckets === ROOT_BUCKETS;
    for (let from = 0; from < count; ) {
      const bucket = buckets[from]!;
      let to = isRoot ? count : from + 1;
      while (to < count && buckets[to] === bucket) to++;
      const cells = this.#cells.page(bucket);
      const at = this.#cells.start(bucket);
      if (to - from > SHORT_RUN && !this.#withSquares) addRun(cells, at, values, offsets, from, to);
      else
        for (let i = from; i < to; i++) {
          const value = values[offsets[i]!]!;
          if (!Number.isNaN(value)) this.#addValue(cells, at, value);
        }
      from = to;
    }
  }

  #add({ values, buckets, count }: NumberBatch): void {
    for (let i = 0; i < count; i++) {
      const bucket = buckets[i]!;
      this.#addValue(this.#cells.page(bucket), this.#cells.start(bucket), values[i]!);
    }
  }

  #addValue(cells: Float64Array, at: number, value: number): void {
    includeBounds(cells, at, value, value);
    cells[at]!++;
    addCompensated(cells, at + 3, value);
    if (this.#withSquares) addCompensated(cells, at + 5, value * value);
  }

  moments(bucket: number): Moments {
    const cells = this.#cells;
    const count = cells.get(bucket, 0);
    if (count === 0) return NO_VALUES;
    const [min, max] = [cells.get(bucket, 1), cells.get(bucket, 2)];
    return { count, min, max, sum: cells.get(bucket, 3), sumOfSquares: cells.get(bucket, 5) };
  }
}

const NO_VALUES: Moments = {
  count: 0,
  min: Number.POSITIVE_INFINITY,
  max: Number.NEGATIVE_INFINITY,
  sum: 0,
  sumOfSquares: 0,
};

function includeBounds(cells: Float64Array, at: number, min: number, max: number): void {
  if (cells[at] === 0) {
    cells[at + 1] = min;
    cells[at + 2] = max;
  } else {
    if (min < cells[at + 1]!) cells[at + 1] = min;
    if (max > cells[at + 2]!) cells[at + 2] = max;
  }
}

/** Adds the values of a run to one bucket. Two compensated sums at once, since each has to wait for its own last step. */
function addRun(
  cells: Float64Array,
  at: number,
  values: Float64Array,
  offsets: Uint16Array,
  from: number,
  to: number,
): void {
  let missing = 0;
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  let evenSum = 0;
  let evenError = 0;
  let oddSum = 0;
  let oddError = 0;
  for (let i = from; i < to; i += 2) {
    let even = values[offsets[i]!]!;
    let odd = i + 1 < to ? values[offsets[i + 1]!]! : Number.NaN;
    if (Number.isNaN(even)) {
      missing++;
      even = 0;
    } else {
      if (even < min) min = even;
      if (even > max) max = even;
    }
    if (Number.isNaN(odd)) {
      missing++;
      odd = 0;
    } else {
      if (odd < min) min = odd;
      if (odd > max) max = odd;
    }
    const evenCorrected = even - evenError;
    const oddCorrected = odd - oddError;
    const evenNext = evenSum + evenCorrected;
    const oddNext = oddSum + oddCorrected;
    evenError = evenNext - evenSum - evenCorrected;
    oddError = oddNext - oddSum - oddCorrected;
    evenSum = evenNext;
    oddSum = oddNext;
  }
  const count = to - from + ((to - from) % 2) - missing;
  if (count === 0) return;
  includeBounds(cells, at, min, max);
  cells[at]! += count;
  addCompensated(cells, at + 3, evenSum);
  addCompensated(cells, at + 3, -evenError);
  addCompensated(cells, at + 3, oddSum);
  addCompensated(cells, at + 3, -oddError);
}

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
