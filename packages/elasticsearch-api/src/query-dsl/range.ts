import { DaybookError, isDaybookError } from '@daybook/errors';
import {
  parseDateFormat,
  parseTimeZone,
  type QueryValue,
  type RangeQuery,
  type RangeRelation,
} from '@daybook/search-engine';
import { illegalArgument, parsingError } from '../errors/errors.ts';
import { defined, isJsonObject, type JsonObject } from '../json/json.ts';
import { common, commonKinds } from './common-options.ts';
import { readFieldQuery, requireObject } from './field-query.ts';
import { type Options, readOptions } from './option-readers.ts';
import type { QueryParser } from './query-context.ts';

const kinds = {
  ...commonKinds,
  gt: 'value',
  gte: 'value',
  lt: 'value',
  lte: 'value',
  from: 'value',
  to: 'value',
  include_lower: 'boolean',
  include_upper: 'boolean',
  format: 'string',
  time_zone: 'string',
  relation: 'text',
} as const;

/** Bounds as `gt`, `gte`, `lt`, `lte`, or in the old form `from`, `to`, `include_lower`, `include_upper`. */
export const parseRange: QueryParser = (body) => {
  const { boost: outerBoost, _name: outerName, ...fields } = requireObject('range', body);
  const { field, body: inner } = readFieldQuery('range', fields);
  if (!isJsonObject(inner)) throw parsingError(`[range] query does not support [${field}]`);
  const options = readOptions(
    'range',
    {
      ...(outerBoost === undefined ? {} : { boost: outerBoost }),
      ...(outerName === undefined ? {} : { _name: outerName }),
      ...inner,
    },
    kinds,
  );
  const relation = options.relation === undefined ? undefined : parseRelation(options.relation);
  // compat: a format is read whatever the field is.
  if (options.format !== undefined) parseDateFormat(options.format);
  if (options.time_zone !== undefined) checkTimeZone(options.time_zone);
  const bounds = boundsOf(inner, options);
  // compat: without bounds it finds what has the field, a text without words included.
  if (Object.keys(bounds).length === 0) return { type: 'exists', field, ...common(options) };
  const query: RangeQuery = {
    type: 'range',
    field,
    ...bounds,
    ...defined({ format: options.format, timeZone: options.time_zone, relation }),
    ...common(options),
  };
  return query;
};

/** compat: of several options for one bound the last counts; one that is null leaves that side open. */
function boundsOf(given: JsonObject, options: Options<typeof kinds>): Pick<RangeQuery, 'gt' | 'gte' | 'lt' | 'lte'> {
  let lower: QueryValue | undefined;
  let upper: QueryValue | undefined;
  let [includesLower, includesUpper] = [true, true];
  for (const name of Object.keys(given)) {
    if (name === 'from' || name === 'gt' || name === 'gte') lower = options[name];
    if (name === 'to' || name === 'lt' || name === 'lte') upper = options[name];
    if (name === 'gt' || name === 'gte') includesLower = name === 'gte';
    if (name === 'lt' || name === 'lte') includesUpper = name === 'lte';
    if (name === 'include_lower') includesLower = options.include_lower ?? true;
    if (name === 'include_upper') includesUpper = options.include_upper ?? true;
  }
  const bounds: { [Name in 'gt' | 'gte' | 'lt' | 'lte']?: QueryValue } = {};
  if (lower !== undefined) bounds[includesLower ? 'gte' : 'gt'] = lower;
  if (upper !== undefined) bounds[includesUpper ? 'lte' : 'lt'] = upper;
  return bounds;
}

function checkTimeZone(zone: string): void {
  try {
    parseTimeZone(zone);
  } catch (error) {
    if (!isDaybookError(error)) throw error;
    const javaType = error.detail?.reason === 'date_time_exception' ? 'DateTimeException' : 'zone.ZoneRulesException';
    throw new DaybookError('invalid-argument', `java.time.${javaType}: ${error.message}`, {
      detail: { reason: 'illegal_argument_exception' },
      cause: error,
    });
  }
}

const RELATIONS: ReadonlySet<string> = new Set<RangeRelation>(['intersects', 'within', 'contains']);

function parseRelation(given: string): RangeRelation {
  const relation = given.toLowerCase();
  if (RELATIONS.has(relation)) return relation as RangeRelation;
  if (relation === 'disjoint') throw illegalArgument(`[range] query does not support relation [${relation}]`);
  throw illegalArgument(`${given} is not a valid relation`);
}
