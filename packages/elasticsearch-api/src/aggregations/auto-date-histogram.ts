import type { AutoDateHistogramAggregation } from '@daybook/search-engine';
import { defined } from '../json/json.ts';
import {
  type AggregationParser,
  badOption,
  fieldKinds,
  readAggregationOptions,
  requireField,
} from './aggregation-parser.ts';
import { checkTimeZone } from './date-histogram.ts';

type MinimumInterval = NonNullable<AutoDateHistogramAggregation['minimumInterval']>;

const DEFAULT_BUCKETS = 10;

/** compat: in the order in which they are listed in the error. */
const minimumIntervals: readonly MinimumInterval[] = ['minute', 'hour', 'month', 'year', 'day', 'second'];

const kinds = {
  ...fieldKinds,
  buckets: 'integer',
  minimum_interval: 'stringOrNull',
  time_zone: 'zone',
} as const;

/** Buckets over dates, about as many as were asked for. */
export const parseAutoDateHistogram: AggregationParser = (body, context) => {
  const type = 'auto_date_histogram';
  const options = readAggregationOptions(type, body, kinds, context.name);
  const buckets = options.buckets ?? DEFAULT_BUCKETS;
  if (buckets <= 0) {
    throw badOption(type, 'buckets', `buckets must be greater than 0 for [${context.name}]`);
  }
  return defined({
    type: 'autoDateHistogram' as const,
    field: requireField(options.field),
    buckets,
    minimumInterval: readMinimumInterval(options.minimum_interval),
    timeZone: checkTimeZone('auto_date_histogram', options.time_zone),
    format: options.format,
    missing: options.missing,
    aggregations: context.aggregations,
    meta: context.meta,
  });
};

function readMinimumInterval(given: string | undefined): MinimumInterval | undefined {
  const known = minimumIntervals.find((unit) => unit === given);
  if (given === undefined || known !== undefined) return known;
  const message = `minimum_interval must be one of [[${minimumIntervals.join(', ')}]]`;
  throw badOption('auto_date_histogram', 'minimum_interval', message);
}
