import { DaybookError } from '@daybook/errors';
import type { MetricAggregation } from '@daybook/search-engine';
import { contentParseError, illegalArgument } from '../errors/errors.ts';
import { defined } from '../json/json.ts';
import { toNumber } from '../query-dsl/option-readers.ts';
import {
  type AggregationParser,
  badOption,
  fieldKinds,
  readAggregationOptions,
  requireField,
} from './aggregation-parser.ts';

const defaultPercents: readonly number[] = [1, 5, 25, 50, 75, 95, 99];

/** The metrics: one number or a few of the values of one field. */
export function metricParser(wireType: string, type: MetricAggregation['type']): AggregationParser {
  return (body, context) => {
    if (Object.keys(context.aggregations).length > 0) {
      throw new DaybookError(
        'invalid-argument',
        `Aggregator [${context.name}] of type [${wireType}] cannot accept sub-aggregations`,
        { detail: { reason: 'aggregation_initialization_exception' } },
      );
    }
    const options = readAggregationOptions(wireType, body, {
      ...fieldKinds,
      value_type: 'ignored',
      precision_threshold: 'ignored',
      rehash: 'ignored',
      ...(type === 'percentiles'
        ? ({ percents: 'any', keyed: 'boolean', tdigest: 'ignored', hdr: 'ignored' } as const)
        : {}),
      ...(type === 'percentileRanks'
        ? ({ values: 'any', keyed: 'boolean', tdigest: 'ignored', hdr: 'ignored' } as const)
        : {}),
      ...(type === 'medianAbsoluteDeviation' ? ({ compression: 'ignored' } as const) : {}),
      ...(type === 'extendedStats' ? ({ sigma: 'number' } as const) : {}),
    });
    const { sigma, keyed, percents, values } = options as {
      sigma?: number;
      keyed?: boolean;
      percents?: unknown;
      values?: unknown;
    };
    if (sigma !== undefined && sigma < 0) throw badOption(wireType, 'sigma', '[sigma] must not be negative');
    return defined({
      type,
      field: requireField(options.field),
      missing: options.missing,
      format: options.format,
      percents: type === 'percentiles' ? readPercents(percents, context.name) : undefined,
      values: type === 'percentileRanks' ? readValues(values, context.name) : undefined,
      keyed: type === 'percentiles' || type === 'percentileRanks' ? (keyed ?? true) : undefined,
      sigma: type === 'extendedStats' ? (sigma ?? 2) : undefined,
      meta: context.meta,
    });
  };
}

function readPercents(given: unknown, name: string): readonly number[] {
  if (given === undefined) return defaultPercents;
  const percents = (Array.isArray(given) ? given : [given]).map(toNumber);
  const bad = percents.find((percent) => percent < 0 || percent > 100);
  const complaint =
    percents.length === 0
      ? `[percents] must not be empty: [${name}]`
      : bad === undefined
        ? undefined
        : `percent must be in [0,100], got [${bad}]: [${name}]`;
  if (complaint === undefined) return percents.sort((a, b) => a - b);
  throw contentParseError(
    'Failed to build [percentiles] after last required field arrived',
    illegalArgument(complaint),
  );
}

function readValues(given: unknown, name: string): readonly number[] {
  const values = given === undefined ? [] : (Array.isArray(given) ? given : [given]).map(toNumber);
  if (values.length > 0) return values;
  throw contentParseError(
    'Failed to build [percentile_ranks] after last required field arrived',
    illegalArgument(`[values] must not be ${given === undefined ? 'null' : 'empty'}: [${name}]`),
  );
}
