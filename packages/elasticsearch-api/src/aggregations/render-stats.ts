import type { AggregationResult } from '@daybook/search-engine';
import type { JsonTree } from '../json/json.ts';

type StatsResult = Extract<AggregationResult, { readonly type: 'stats' }>;
type Members = { readonly [name: string]: JsonTree };

/** Renders `stats` and `extended_stats`: variances and their bounds follow from the sums. */
export function renderStats(result: StatsResult): Members {
  const { count, min, max, avg, sum } = result;
  const plain: Members = { count, min, max, avg, sum };
  const values: Record<string, number | null> = { min, max, avg, sum };
  const extended = result.of === 'extendedStats' ? extend(result) : {};
  return { ...plain, ...extended, ...asStrings(result, values) };
}

function extend(result: StatsResult): Members {
  const { count, sum } = result;
  const sumOfSquares = count === 0 ? null : (result.sumOfSquares ?? 0);
  const deviations = sumOfSquares === null ? 0 : Math.max(0, sumOfSquares - (sum * sum) / count);
  const population = count === 0 ? null : deviations / count;
  const sampling = count === 0 ? null : count === 1 ? Number.NaN : deviations / (count - 1);
  const bounds = (sign: 1 | -1, deviation: number | null): number | null =>
    deviation === null || result.avg === null ? null : result.avg + sign * (result.sigma ?? 2) * deviation;
  const [populationDeviation, samplingDeviation] = [root(population), root(sampling)];
  return {
    sum_of_squares: sumOfSquares,
    variance: population,
    variance_population: population,
    variance_sampling: orNaN(sampling),
    std_deviation: populationDeviation,
    std_deviation_population: populationDeviation,
    std_deviation_sampling: orNaN(samplingDeviation),
    std_deviation_bounds: {
      upper: bounds(1, populationDeviation),
      lower: bounds(-1, populationDeviation),
      upper_population: bounds(1, populationDeviation),
      lower_population: bounds(-1, populationDeviation),
      upper_sampling: orNaN(bounds(1, samplingDeviation)),
      lower_sampling: orNaN(bounds(-1, samplingDeviation)),
    },
  };
}

function asStrings(result: StatsResult, values: Readonly<Record<string, number | null>>): Members {
  const { asString } = result;
  if (asString === undefined || result.count === 0) return {};
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [`${name}_as_string`, value === null ? undefined : asString(value)]),
  );
}

function root(variance: number | null): number | null {
  return variance === null ? null : Math.sqrt(variance);
}

/** compat: Elasticsearch writes the sampling variance of one value as the string `NaN`. */
function orNaN(value: number | null): JsonTree {
  return Number.isNaN(value) ? 'NaN' : value;
}
