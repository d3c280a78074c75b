import { parsePatternQuery } from './pattern-query.ts';
import type { QueryParser } from './query-context.ts';

export const parseRegexp: QueryParser = (body) => parsePatternQuery('regexp', body);
