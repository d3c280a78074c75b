import type { AggregationResult, ExtendedStatistics } from '@daybook/search-engine';
import { doubleJson } from '../json/floating-point.ts';
import type { JsonTree } from '../json/json.ts';

type StatsResult = Extract<AggregationResult, { readonly type: 'stats' }>;
type Members = { readonly [name: string]: JsonTree };
type Value = number | string | null;
type Values = { readonly [name: string]: Value | { readonly [name: string]: Value } };

/** Renders `stats` and `extended_stats`. */
export function renderStats(result: StatsResult): Members {
  const { count, min, max, avg, sum, asString } = result;
  const numbers = { count, min: doubleJson(min), max: doubleJson(max), avg: doubleJson(avg), sum: doubleJson(sum) };
  const extended = result.extended === undefined ? undefined : renderExtended(result.extended);
  const all = extended === undefined ? numbers : { ...numbers, ...mapValues(extended, doubleJson) };
  if (asString === undefined || count === 0) return all;
  return { ...all, ...asStrings({ min, max, avg, sum, ...extended }, asString) };
}

function renderExtended(extended: ExtendedStatistics): Values {
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
function asStrings(values: Values, asString: (value: number) => string): Members {
  const present = Object.entries(values).filter(([, value]) => value !== null);
  const named = Object.fromEntries(present.map(([name, value]) => [`${name}_as_string`, value]));
  return mapValues(named, (value) => (typeof value === 'number' ? asString(value) : value));
}

function mapValues(values: Values, render: (value: Value) => JsonTree): Members {
  const rendered = Object.entries(values).map(([name, value]): [string, JsonTree] => [
    name,
    typeof value === 'object' && value !== null ? mapValues(value, render) : render(value),
  ]);
  return Object.fromEntries(rendered);
}

/** compat: Elasticsearch writes the sampling variance of one value as the string `NaN`. */
function orNaN(value: number | null): Value {
  return Number.isNaN(value) ? 'NaN' : value;
}
