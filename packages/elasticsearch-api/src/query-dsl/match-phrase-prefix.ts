import { parseMatchFieldQuery } from './match-field-query.ts';
import { matchKinds } from './match-options.ts';
import type { QueryParser } from './query-context.ts';

const { boost, _name, query, analyzer, slop, max_expansions, zero_terms_query } = matchKinds;
const kinds = {
  boost,
  _name,
  query,
  analyzer,
  slop,
  max_expansions,
  zero_terms_query,
} as const;

/** A phrase whose last word is a prefix. */
export const parseMatchPhrasePrefix: QueryParser = (body) =>
  parseMatchFieldQuery('match_phrase_prefix', 'matchPhrasePrefix', body, kinds);
