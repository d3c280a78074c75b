import { parsingError } from '../errors/errors.ts';
import { isJsonObject, tokenOf } from '../json/json.ts';
import { common, commonKinds } from './common-options.ts';
import { requireObject } from './field-query.ts';
import { readOptions } from './option-readers.ts';
import { parseNested, type QueryParser } from './query-context.ts';

const kinds = {
  ...commonKinds,
  filter: 'any',
} as const;

/** The same score for all that a filter finds. */
export const parseConstantScore: QueryParser = (body, context) => {
  const options = readOptions('constant_score', requireObject('constant_score', body), kinds);
  if (options.filter === undefined) throw parsingError("[constant_score] requires a 'filter' element");
  if (!isJsonObject(options.filter)) throw parsingError(`unexpected token [${tokenOf(options.filter)}]`);
  return { type: 'constantScore', filter: parseNested(options.filter, context), ...common(options) };
};
