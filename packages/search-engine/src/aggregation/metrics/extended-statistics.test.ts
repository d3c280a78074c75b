import { expect, test } from 'vitest';
import { extendedStatistics } from './extended-statistics.ts';

test('variances and bounds follow from the sums', () => {
  // compat: values of Elasticsearch 7.10.2 for 2 and 3.
  expect(extendedStatistics(2, 5, 13, 2)).toEqual({
    sumOfSquares: 13,
    variance: 0.25,
    varianceSampling: 0.5,
    deviation: 0.5,
    deviationSampling: Math.SQRT1_2,
    upper: 3.5,
    lower: 1.5,
    upperSampling: 3.914213562373095,
    lowerSampling: 1.0857864376269049,
  });
});

test('the sampling variance of one value is no number', () => {
  expect(extendedStatistics(1, 5, 25, 2)).toMatchObject({ variance: 0, varianceSampling: Number.NaN, upper: 5 });
});
