import type { NormalizeMethod } from './pipeline-aggregation.ts';

/** Brings the values to one scale. NaN is no value: it counts for nothing and stays. */
export function normalized(method: NormalizeMethod, values: readonly number[]): readonly number[] {
  const given = values.filter((value) => !Number.isNaN(value));
  const sum = given.reduce((total, value) => total + value, 0);
  const mean = sum / given.length;
  const min = given.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const max = given.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  switch (method) {
    case 'rescale_0_1':
      return values.map((value) => (value - min) / (max - min));
    case 'rescale_0_100':
      return values.map((value) => (100 * (value - min)) / (max - min));
    case 'percent_of_sum':
      return values.map((value) => value / sum);
    case 'mean':
      return values.map((value) => (value - mean) / (max - min));
    case 'z-score': {
      const deviation = Math.sqrt(given.reduce((total, value) => total + (value - mean) ** 2, 0) / given.length);
      return values.map((value) => (value - mean) / deviation);
    }
    case 'softmax': {
      const total = given.reduce((exponents, value) => exponents + Math.exp(value), 0);
      return values.map((value) => Math.exp(value) / total);
    }
  }
}
