import type { DaybookError } from '@daybook/errors';
import type { IpRangeAggregation } from '@daybook/search-engine';
import { contentParseError, parsingError } from '../errors/errors.ts';
import { defined, isJsonObject } from '../json/json.ts';
import { type AggregationParser, readAggregationOptions, requireField, valueKinds } from './aggregation-parser.ts';
import { rangesOf } from './ranges-of.ts';

const kinds = { ...valueKinds, ranges: 'objects', keyed: 'boolean' } as const;

/** Buckets between addresses, or of networks. */
export const parseIpRange: AggregationParser = (body, context) => {
  const options = readAggregationOptions('ip_range', body, kinds, context.name);
  const ranges = rangesOf('ip_range', options.ranges);
  return defined({
    type: 'ipRange' as const,
    field: requireField(options.field, 'field'),
    ranges: ranges.map(readOneRange),
    missing: options.missing,
    keyed: options.keyed ?? false,
    aggregations: context.aggregations,
    meta: context.meta,
  });
};

function readOneRange(range: unknown): IpRangeAggregation['ranges'][number] {
  if (!isJsonObject(range)) throw badRange(parsingError('[ranges] must be objects'));
  const read: { key?: string; from?: string; to?: string; mask?: string } = {};
  for (const [name, value] of Object.entries(range)) {
    if ((name !== 'key' && name !== 'from' && name !== 'to' && name !== 'mask') || typeof value === 'object') {
      if (value === null) continue;
      throw badRange(parsingError(`Unexpected ip range parameter: [${name}]`));
    }
    read[name] = String(value);
  }
  // compat: a network goes before bounds.
  return read;
}

function badRange(cause: DaybookError): Error {
  return contentParseError('[ip_range] failed to parse field [ranges]', cause);
}
