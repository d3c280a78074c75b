import type { Aggregation, RangeAggregation } from '@daybook/search-engine';
import { contentParseError, illegalArgument } from '../errors/errors.ts';
import { defined, isJsonObject, type JsonObject } from '../json/json.ts';
import {
  type AggregationContext,
  type AggregationParser,
  fieldKinds,
  readAggregationOptions,
  requireField,
} from './aggregation-parser.ts';

/** Every value is tried on each. */
const maxRanges = 1024;

/** Buckets between numbers. */
export const parseRange: AggregationParser = (body, context) => readRange('range', 'range', body, context);

/** Buckets between dates, which may be date math. */
export const parseDateRange: AggregationParser = (body, context) => readRange('date_range', 'dateRange', body, context);

function readRange(
  wireType: string,
  type: RangeAggregation['type'],
  body: JsonObject,
  context: AggregationContext,
): Aggregation {
  const options = readAggregationOptions(wireType, body, {
    ...fieldKinds,
    ranges: 'any',
    time_zone: 'string',
    keyed: 'boolean',
  });
  const { ranges } = options;
  if (!Array.isArray(ranges) || ranges.length === 0) {
    throw illegalArgument(`No [ranges] specified for the [${context.name}] aggregation`);
  }
  if (ranges.length > maxRanges) {
    throw illegalArgument(`[${wireType}] has [${ranges.length}] ranges, at most [${maxRanges}] are allowed`);
  }
  return defined({
    type,
    field: requireField(options.field),
    ranges: ranges.map((range) => readOneRange(wireType, range)),
    missing: options.missing,
    format: options.format,
    timeZone: options.time_zone,
    keyed: options.keyed ?? false,
    aggregations: context.aggregations,
    meta: context.meta,
  });
}

function readOneRange(wireType: string, range: unknown): RangeAggregation['ranges'][number] {
  if (!isJsonObject(range)) throw contentParseError(`[${wireType}] ranges must be objects`);
  const kinds = { key: 'string', from: 'value', to: 'value' } as const;
  return defined(readAggregationOptions(wireType, range, kinds));
}
