import type { AggregationResult, ExtendedStatistics } from '../aggregation.ts';

/** What follows from count and sums; null without values, and NaN for the sampling ones of a single value. */
export function extendedStatistics(
  count: number,
  sum: number,
  sumOfSquares: number,
  sigma: number,
): ExtendedStatistics {
  if (count === 0) return NO_VALUES;
  const deviations = Math.max(0, sumOfSquares - (sum * sum) / count);
  const variance = deviations / count;
  const varianceSampling = count === 1 ? Number.NaN : deviations / (count - 1);
  const [deviation, deviationSampling] = [Math.sqrt(variance), Math.sqrt(varianceSampling)];
  const avg = sum / count;
  return {
    sumOfSquares,
    variance,
    varianceSampling,
    deviation,
    deviationSampling,
    upper: avg + sigma * deviation,
    lower: avg - sigma * deviation,
    upperSampling: avg + sigma * deviationSampling,
    lowerSampling: avg - sigma * deviationSampling,
  };
}

const NO_VALUES: ExtendedStatistics = {
  sumOfSquares: null,
  variance: null,
  varianceSampling: null,
  deviation: null,
  deviationSampling: null,
  upper: null,
  lower: null,
  upperSampling: null,
  lowerSampling: null,
};

/** A statistic by the name that paths give it; undefined where there is none of that name. */
export function statisticNamed(
  { count, min, max, avg, sum, extended }: AggregationResult & { type: 'stats' },
  name: string,
): number | null | undefined {
  const plain: Readonly<Record<string, number | null>> = { count, min, max, avg, sum };
  if (extended === undefined || Object.hasOwn(plain, name)) return plain[name];
  const further: Readonly<Record<string, number | null>> = {
    sum_of_squares: extended.sumOfSquares,
    variance: extended.variance,
    variance_population: extended.variance,
    variance_sampling: extended.varianceSampling,
    std_deviation: extended.deviation,
    std_deviation_population: extended.deviation,
    std_deviation_sampling: extended.deviationSampling,
    std_upper: extended.upper,
    std_lower: extended.lower,
    std_upper_population: extended.upper,
    std_lower_population: extended.lower,
    std_upper_sampling: extended.upperSampling,
    std_lower_sampling: extended.lowerSampling,
  };
  return further[name];
}
