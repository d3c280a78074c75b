import { common, commonKinds } from './common-options.ts';
import { requireObject } from './field-query.ts';
import { readOptions } from './option-readers.ts';
import type { QueryParser } from './query-context.ts';

/** No document. */
export const parseMatchNone: QueryParser = (body) => {
  const options = readOptions('match_none', requireObject('match_none', body), commonKinds);
  return { type: 'matchNone', ...common(options) };
};
