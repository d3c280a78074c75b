import { contentParseError, parsingError } from '../errors/errors.ts';
import { common, commonKinds } from './common-options.ts';
import { requireObject } from './field-query.ts';
import { readOptions } from './option-readers.ts';
import type { QueryParser } from './query-context.ts';

/** Documents by their ids. */
export const parseIds: QueryParser = (body) => {
  const kinds = { ...commonKinds, values: 'strings', type: 'ignored' } as const;
  const options = readOptions('ids', requireObject('ids', body), kinds, (name) => {
    const message = `[ids] unknown field [${name}]`;
    return parsingError(message, contentParseError(message));
  });
  return { type: 'ids', values: options.values ?? [], ...common(options) };
};
