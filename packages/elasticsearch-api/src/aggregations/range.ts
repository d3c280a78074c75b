import { isDaybookError } from '@daybook/errors';
import type { Aggregation, RangeAggregation } from '@daybook/search-engine';
import { contentParseError } from '../errors/errors.ts';
import { defined, isJsonObject, type JsonObject, tokenOf } from '../json/json.ts';
import {
  type AggregationContext,
  type AggregationParser,
  fieldKinds,
  readAggregationOptions,
  requireField,
} from './aggregation-parser.ts';
import { checkTimeZone } from './date-histogram.ts';
import { checkRangeCount } from './range-count.ts';

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
  const { ranges = [] } = options;
  if (!Array.isArray(ranges)) {
    throw contentParseError(`[${wireType}] ranges doesn't support values of type: ${tokenOf(ranges)}`);
  }
  checkRangeCount(wireType, ranges);
  return defined({
    type,
    field: requireField(options.field),
    ranges: ranges.map((range) => readOneRange(wireType, range)),
    missing: options.missing,
    format: options.format,
    timeZone: checkTimeZone(wireType, options.time_zone),
    keyed: options.keyed ?? false,
    aggregations: context.aggregations,
    meta: context.meta,
  });
}

function readOneRange(wireType: string, range: unknown): RangeAggregation['ranges'][number] {
  const kinds = { key: 'string', from: 'value', to: 'value' } as const;
  try {
    if (!isJsonObject(range)) throw contentParseError(`[range] Expected START_OBJECT but was: ${tokenOf(range)}`);
    return defined(readAggregationOptions('range', range, kinds));
  } catch (error) {
    if (isDaybookError(error)) throw contentParseError(`[${wireType}] failed to parse field [ranges]`, error);
    throw error;
  }
}
