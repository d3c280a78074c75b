import { illegalArgument, parsingError } from '../errors/errors.ts';
import { common, commonKinds } from './common-options.ts';
import { requireObject } from './field-query.ts';
import { readOptions } from './option-readers.ts';
import type { QueryParser } from './query-context.ts';

const kinds = { ...commonKinds, field: 'string' } as const;

/** Documents that have a value. */
export const parseExists: QueryParser = (body) => {
  const options = readOptions('exists', requireObject('exists', body), kinds);
  if (options.field === undefined) throw parsingError('[exists] must be provided with a [field]');
  if (options.field === '') throw illegalArgument('field name is null or empty');
  return { type: 'exists', field: options.field, ...common(options) };
};
