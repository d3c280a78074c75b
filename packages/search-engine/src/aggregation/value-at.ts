import type { AggregationResult } from './aggregation.ts';
import { aggregationError } from './aggregation-error.ts';

/** The number at a path below an aggregation's result; NaN where it has none. Throws `invalid-argument` for a path that leads to no number. */
export function valueAt(result: AggregationResult, steps: readonly string[], path: string): number {
  const [step, ...rest] = steps;
  switch (result.type) {
    case 'metric':
      if (step === undefined || step === 'value') return result.value ?? Number.NaN;
      break;
    case 'single': {
      if (step === undefined || step === 'doc_count' || step === '_count') return result.docCount;
      const inner = result.aggregations[step];
      if (inner !== undefined) return valueAt(inner, rest, path);
      break;
    }
    case 'stats': {
      const value = statOf(result, step);
      if (value !== undefined) return value ?? Number.NaN;
      break;
    }
    case 'percentiles': {
      const percent = Number(steps.join('.'));
      const found = result.values.find((value) => value.percent === percent);
      if (found !== undefined) return found.value ?? Number.NaN;
      break;
    }
    case 'buckets':
    case 'composite':
      break;
  }
  throw aggregationError(
    `Invalid aggregation order path [${path}]. Buckets can only be sorted on a value that their sub-aggregation has.`,
    'aggregation_execution_exception',
  );
}

function statOf(
  { count, min, max, avg, sum, sumOfSquares }: AggregationResult & { type: 'stats' },
  name: string | undefined,
): number | null | undefined {
  const variance = sumOfSquares === undefined || count === 0 ? undefined : (sumOfSquares - (sum * sum) / count) / count;
  const values: Readonly<Record<string, number | null | undefined>> = {
    count,
    min,
    max,
    avg,
    sum,
    sum_of_squares: sumOfSquares,
    variance,
    std_deviation: variance === undefined ? undefined : Math.sqrt(variance),
  };
  return name === undefined ? undefined : values[name];
}

/** Cuts `filter>stats.avg` or `load[50]` into its names. */
export function stepsOf(path: string): readonly string[] {
  return path.split(/[>.[]/).map((step) => step.replace(/]$/, ''));
}
