import type { Aggregation, RangeAggregation } from '@daybook/search-engine';
import { contentParseError } from '../errors/errors.ts';
import { defined, isJsonObject, type JsonObject } from '../json/json.ts';
import { readContent, readMember } from '../search/read-content.ts';
import {
  type AggregationContext,
  type AggregationParser,
  fieldKinds,
  readAggregationOptions,
  requireField,
} from './aggregation-parser.ts';
import { checkTimeZone } from './date-histogram.ts';
import { checkRangeCount, listOf } from './range-count.ts';

/** Buckets between numbers. */
export const parseRange: AggregationParser = (body, context) => {
  if (body.time_zone !== undefined) throw contentParseError('[range] unknown field [time_zone]');
  return readRange('range', 'range', body, context);
};

/** Buckets between dates, which may be date math. */
export const parseDateRange: AggregationParser = (body, context) => readRange('date_range', 'dateRange', body, context);

function readRange(
  wireType: string,
  type: RangeAggregation['type'],
  body: JsonObject,
  context: AggregationContext,
): Aggregation {
  const options = readAggregationOptions(
    wireType,
    body,
    {
      ...fieldKinds,
      ranges: 'objects',
      time_zone: 'zone',
      keyed: 'boolean',
    },
    context.name,
  );
  const ranges = listOf(options.ranges);
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
  return readMember(wireType, 'ranges', () => {
    if (isJsonObject(range)) return defined(readContent('range', range, kinds));
    throw contentParseError('[range] Expected START_OBJECT but was: END_ARRAY');
  });
}
