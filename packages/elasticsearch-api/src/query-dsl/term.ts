import { illegalArgument, parsingError } from '../errors/errors.ts';
import { defined, isJsonObject } from '../json/json.ts';
import { common, commonKinds } from './common-options.ts';
import { readFieldQuery } from './field-query.ts';
import { readOptions, scalar } from './option-readers.ts';
import type { QueryParser } from './query-context.ts';

const kinds = {
  ...commonKinds,
  value: 'any',
  term: 'any',
  case_insensitive: 'boolean',
} as const;

/** One value as it is; `_id` finds the document of that id. */
export const parseTerm: QueryParser = (body) => {
  const { field, body: inner } = readFieldQuery('term', body);
  if (Array.isArray(inner)) throw parsingError('[term] query does not support array of values');
  const options = readOptions('term', isJsonObject(inner) ? inner : { value: inner }, kinds);
  const given = options.term ?? options.value;
  if (given === undefined || given === null) throw illegalArgument('value cannot be null');
  if (Array.isArray(given)) throw parsingError('[term] query does not support array of values');
  if (isJsonObject(given)) throw parsingError(`[term] query does not support [${Object.keys(given)[0] ?? ''}]`);
  const value = scalar(given, 'value', 'term');
  if (field === '_id') return { type: 'ids', values: [String(value)], ...common(options) };
  return defined({
    type: 'term' as const,
    field,
    value,
    caseInsensitive: options.case_insensitive,
    ...common(options),
  });
};
