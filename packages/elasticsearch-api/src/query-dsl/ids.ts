import { contentParseError, parsingError } from '../errors/errors.ts';
import { tokenOf } from '../json/json.ts';
import { common, commonKinds } from './common-options.ts';
import { requireObject } from './field-query.ts';
import { readOptions } from './option-readers.ts';
import type { QueryParser } from './query-context.ts';

/** Documents by their ids. */
export const parseIds: QueryParser = (body) => {
  const kinds = { ...commonKinds, values: 'strings', type: 'strings' } as const;
  for (const name of ['values', 'type']) {
    const value = requireObject('ids', body)[name];
    if (value === undefined || typeof value === 'string' || Array.isArray(value)) continue;
    const message = `[ids] ${name} doesn't support values of type: ${tokenOf(value)}`;
    throw parsingError(message, contentParseError(message));
  }
  const options = readOptions('ids', requireObject('ids', body), kinds, (name) => {
    const message = `[ids] unknown field [${name}]`;
    return parsingError(message, contentParseError(message));
  });
  const { values = [], type = [] } = options;
  // compat: of other types there is none.
  if (type.length > 0 && !type.includes('_doc')) return { type: 'matchNone', ...common(options) };
  return { type: 'ids', values, ...common(options) };
};
