import { aggregationError } from '../aggregation-error.ts';

/** The percentiles of values that ascend. Throws `invalid-argument` where one is negative. */
export function hdrPercentiles(sorted: Float64Array, digits: number): HdrPercentiles {
  const [least = 0] = sorted;
  if (least >= 0) return new HdrPercentiles(sorted, digits);
  throw aggregationError(`The value ${least} is out of bounds for histogram: negative values cannot be recorded`);
}

/**
 * Percentiles as an HDR histogram (Gil Tene) of so many significant digits has them: the nearest rank, as the highest value that falls into the same
 * slot. Slots of the least value's power of two are `2^-k` of it wide, and twice as wide with every further power.
 */
export class HdrPercentiles {
  readonly #sorted: Float64Array;
  /** How wide the slots of the least value are. */
  readonly #unit: number;
  /** How many slots there are for each power of two. */
  readonly #slots: number;

  constructor(sorted: Float64Array, digits: number) {
    this.#sorted = sorted;
    this.#slots = 2 ** (Math.ceil(Math.log2(2 * 10 ** digits)) - 1);
    const least = sorted.find((value) => value > 0) ?? 1;
    this.#unit = 2 ** Math.floor(Math.log2(least)) / this.#slots;
  }

  get length(): number {
    return this.#sorted.length;
  }

  /** Of values, of which there are some. */
  percentile(percent: number): number {
    const { length } = this.#sorted;
    const count = Math.max(1, Math.floor((percent / 100) * length + 0.5));
    const value = this.#sorted[Math.min(count, length) - 1]!;
    const slot = this.#slot(value);
    return percent === 0 ? slot : slot + this.#width(value) - this.#unit;
  }

  /** Which share of the values, of which there are some, in percent, falls into the slots up to that of the value. */
  rank(value: number): number {
    const { length } = this.#sorted;
    const end = this.#slot(value) + this.#width(value);
    let below = 0;
    while (below < length && this.#sorted[below]! < end) below++;
    return (100 * below) / length;
  }

  #width(value: number): number {
    const power = value <= 0 ? 0 : Math.floor(Math.log2(value / (this.#unit * this.#slots)));
    return this.#unit * 2 ** Math.max(0, power);
  }

  #slot(value: number): number {
    const width = this.#width(value);
    return Math.floor(value / width) * width;
  }
}
