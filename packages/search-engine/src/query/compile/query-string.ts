import { parseQueryString } from '../../query-string/parse-query-string.ts';
import type { Steps } from '../../steps/steps.ts';
import type { Clause } from '../clauses/clause.ts';
import type { QueryStringQuery } from '../query.ts';
import type { QueryContext } from './query-context.ts';

/** The query that the text stands for, in the language of the text. */
export function* compileQueryString(context: QueryContext, query: QueryStringQuery, boost: number): Steps<Clause> {
  // Its own boost is in `boost`, and its name is noted by who called.
  const { boost: _boost, name: _name, ...text } = query;
  return yield* context.compile(parseQueryString(text, context.index, context), boost);
}
