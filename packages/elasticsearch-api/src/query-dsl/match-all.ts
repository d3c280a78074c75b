import { contentParseError, parsingError } from '../errors/errors.ts';
import { common, commonKinds } from './common-options.ts';
import { requireObject } from './field-query.ts';
import { readOptions } from './option-readers.ts';
import type { QueryParser } from './query-context.ts';

/** Every document. */
export const parseMatchAll: QueryParser = (body) => {
  const options = readOptions('match_all', requireObject('match_all', body), commonKinds, (name) => {
    const message = `[match_all] unknown field [${name}]`;
    return parsingError(message, contentParseError(message));
  });
  return { type: 'matchAll', ...common(options) };
};
