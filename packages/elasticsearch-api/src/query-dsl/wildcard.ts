import { parsePatternQuery } from './pattern-query.ts';
import type { QueryParser } from './query-context.ts';

/** Values that match a pattern of `*` and `?`. */
export const parseWildcard: QueryParser = (body) => parsePatternQuery('wildcard', body);
