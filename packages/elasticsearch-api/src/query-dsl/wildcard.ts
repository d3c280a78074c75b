import { parsePatternQuery } from './pattern-query.ts';
import type { QueryParser } from './query-context.ts';

export const parseWildcard: QueryParser = (body) => parsePatternQuery('wildcard', body);
