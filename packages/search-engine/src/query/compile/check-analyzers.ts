import type { Query } from '../query.ts';
import type { Searchable } from './query-context.ts';

/** Queries that can name analyzers, as Elasticsearch calls them. */
const NAMES: ReadonlyMap<Query['type'], string> = new Map<Query['type'], string>([
  ['match', 'match'],
  ['matchPhrase', 'match_phrase'],
  ['matchPhrasePrefix', 'match_phrase_prefix'],
  ['matchBoolPrefix', 'match_bool_prefix'],
  ['commonTerms', 'common'],
  ['multiMatch', 'multi_match'],
  ['queryString', 'query_string'],
  ['simpleQueryString', 'simple_query_string'],
]);

/** Throws `invalid-argument` for an analyzer that the index does not have. compat: also where nothing is to be analysed, and if the query is lenient. */
export function checkAnalyzers(index: Searchable, query: Query): void {
  const name = NAMES.get(query.type);
  if (name === undefined) return;
  if ('analyzer' in query && query.analyzer !== undefined) index.analyzer(query.analyzer, `[${name}] analyzer`);
  if ('quoteAnalyzer' in query && query.quoteAnalyzer !== undefined) {
    index.analyzer(query.quoteAnalyzer, `[${name}] quote_analyzer`);
  }
}
