import type { AggregationResult, ExtendedStatistics } from '@daybook/search-engine';
import type { JsonTree } from '../json/json.ts';

type StatsResult = Extract<AggregationResult, { readonly type: 'stats' }>;
type Members = { readonly [name: string]: JsonTree };

/** Renders `stats` and `extended_stats`. */
export function renderStats(result: StatsResult): Members {
  const { count, min, max, avg, sum, asString } = result;
  const extended = result.extended === undefined ? {} : renderExtended(result.extended);
  const values: Members = { count, min, max, avg, sum, ...extended };
  return asString === undefined || count === 0 ? values : { ...values, ...asStrings(values, asString) };
}

function renderExtended(extended: ExtendedStatistics): Members {
  return {
    sum_of_squares: extended.sumOfSquares,
    variance: extended.variance,
    variance_population: extended.variance,
    variance_sampling: orNaN(extended.varianceSampling),
    std_deviation: extended.deviation,
    std_deviation_population: extended.deviation,
    std_deviation_sampling: orNaN(extended.deviationSampling),
    std_deviation_bounds: {
      upper: extended.upper,
      lower: extended.lower,
      upper_population: extended.upper,
      lower_population: extended.lower,
      upper_sampling: orNaN(extended.upperSampling),
      lower_sampling: orNaN(extended.lowerSampling),
    },
  };
}

/** The same members as text, their names ending in `_as_string`; bounds stay an object. */
function asStrings(values: Members, asString: (value: number) => string): Members {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => {
      if (name === 'count' || value === null) return [];
      return [[`${name}_as_string`, isBounds(value) ? textOf(value, asString) : text(value, asString)]];
    }),
  );
}

function isBounds(value: JsonTree): value is Members {
  return typeof value === 'object' && value !== null;
}

function textOf(bounds: Members, asString: (value: number) => string): Members {
  return Object.fromEntries(Object.entries(bounds).map(([name, value]) => [name, text(value, asString)]));
}

function text(value: JsonTree, asString: (value: number) => string): JsonTree {
  return typeof value === 'number' ? asString(value) : value;
}

/** compat: Elasticsearch writes the sampling variance of one value as the string `NaN`. */
function orNaN(value: number | null): JsonTree {
  return Number.isNaN(value) ? 'NaN' : value;
}
