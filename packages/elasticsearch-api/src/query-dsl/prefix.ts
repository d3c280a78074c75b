import { parsePatternQuery } from './pattern-query.ts';
import type { QueryParser } from './query-context.ts';

export const parsePrefix: QueryParser = (body) => parsePatternQuery('prefix', body);
