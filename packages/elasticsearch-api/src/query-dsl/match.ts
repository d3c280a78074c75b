import { parseMatchFieldQuery } from './match-field-query.ts';
import { matchKinds } from './match-options.ts';
import type { QueryParser } from './query-context.ts';

const { slop: _slop, ...options } = matchKinds;
const kinds = {
  ...options,
  fuzzy_rewrite: 'rewrite',
  cutoff_frequency: 'number',
  auto_generate_synonyms_phrase_query: 'boolean',
} as const;

/** Analysed words. */
export const parseMatch: QueryParser = (body) => parseMatchFieldQuery('match', 'match', body, kinds);
