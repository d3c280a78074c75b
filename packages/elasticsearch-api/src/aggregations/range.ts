import type { RangeAggregation } from '@daybook/search-engine';
import { contentParseError } from '../errors/errors.ts';
import { defined, isJsonObject } from '../json/json.ts';
import type { Options } from '../query-dsl/option-readers.ts';
import { readContent, readMember } from '../search/read-content.ts';
import {
  type AggregationContext,
  type AggregationParser,
  fieldKinds,
  readAggregationOptions,
  requireField,
} from './aggregation-parser.ts';
import { checkTimeZone } from './date-histogram.ts';
import { rangesOf } from './ranges-of.ts';

const kinds = { ...fieldKinds, ranges: 'objects', keyed: 'boolean' } as const;

/** Buckets between numbers. */
export const parseRange: AggregationParser = (body, context) =>
  rangeOf('range', 'range', readAggregationOptions('range', body, kinds, context.name), context);

const dateRangeKinds = { ...kinds, time_zone: 'zone' } as const;

/** Buckets between dates, which may be date math. */
export const parseDateRange: AggregationParser = (body, context) => {
  const type = 'date_range';
  const options = readAggregationOptions(type, body, dateRangeKinds, context.name);
  return {
    ...rangeOf(type, 'dateRange', options, context),
    ...defined({ timeZone: checkTimeZone(type, options.time_zone) }),
  };
};

function rangeOf(
  wireType: string,
  type: RangeAggregation['type'],
  options: Options<typeof kinds>,
  { aggregations, meta }: AggregationContext,
): RangeAggregation {
  return defined({
    type,
    field: requireField(options.field),
    ranges: rangesOf(wireType, options.ranges).map((range) => readOneRange(wireType, range)),
    missing: options.missing,
    format: options.format,
    keyed: options.keyed ?? false,
    aggregations,
    meta,
  });
}

function readOneRange(wireType: string, range: unknown): RangeAggregation['ranges'][number] {
  return readMember(wireType, 'ranges', () => {
    if (isJsonObject(range)) return defined(readContent('range', range, { key: 'string', from: 'value', to: 'value' }));
    throw contentParseError('[range] Expected START_OBJECT but was: END_ARRAY');
  });
}
