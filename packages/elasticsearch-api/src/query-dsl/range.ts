import type { RangeQuery, RangeRelation } from '@daybook/search-engine';
import { illegalArgument, parsingError } from '../errors/errors.ts';
import { defined, isJsonObject } from '../json/json.ts';
import { common, commonKinds } from './common-options.ts';
import { readFieldQuery, requireObject } from './field-query.ts';
import { readOptions } from './option-readers.ts';
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
  const bounds = [options.gt, options.gte, options.lt, options.lte, options.from, options.to];
  // compat: without bounds it finds what has the field, a text without words included.
  if (bounds.every((bound) => bound === undefined || bound === null)) {
    return { type: 'exists', field, ...common(options) };
  }
  const lower = options.include_lower === false ? 'gt' : 'gte';
  const upper = options.include_upper === false ? 'lt' : 'lte';
  const query: RangeQuery = {
    type: 'range',
    field,
    ...defined({ gt: options.gt, gte: options.gte, lt: options.lt, lte: options.lte }),
    ...(options.from === undefined ? {} : { [lower]: options.from }),
    ...(options.to === undefined ? {} : { [upper]: options.to }),
    ...defined({ format: options.format, timeZone: options.time_zone, relation }),
    ...common(options),
  };
  return query;
};

const RELATIONS: ReadonlySet<string> = new Set<RangeRelation>(['intersects', 'within', 'contains']);

function parseRelation(given: string): RangeRelation {
  const relation = given.toLowerCase();
  if (RELATIONS.has(relation)) return relation as RangeRelation;
  if (relation === 'disjoint') throw illegalArgument(`[range] query does not support relation [${relation}]`);
  throw illegalArgument(`${given} is not a valid relation`);
}
