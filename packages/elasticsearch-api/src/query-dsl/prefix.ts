import { parsePatternQuery } from './pattern-query.ts';
import type { QueryParser } from './query-context.ts';

/** Values that begin with a text. */
export const parsePrefix: QueryParser = (body) => parsePatternQuery('prefix', body);
