import { parsePatternQuery } from './pattern-query.ts';
import type { QueryParser } from './query-context.ts';

/** Values that match a regular expression of Lucene's. */
export const parseRegexp: QueryParser = (body) => parsePatternQuery('regexp', body);
