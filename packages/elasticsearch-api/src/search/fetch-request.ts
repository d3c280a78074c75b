import type { FetchRequest } from '@daybook/search-engine';
import { settingOf } from '../indices/settings.ts';
import type { SearchSpecification } from './search-specification.ts';
import type { SearchTarget } from './search-targets.ts';

const defaultMaxAnalyzedOffset = 1_000_000;

/** The search with what its hits show besides their documents; without such wishes it is left as it is. */
export function withFetch(specification: SearchSpecification, targets: readonly SearchTarget[]): SearchSpecification {
  const { request, highlight, docValueFields, fields, storedFields, explain } = specification;
  if (highlight.length + docValueFields.length + fields.length + storedFields.length === 0 && !explain) {
    return specification;
  }
  const { query } = request;
  const maxAnalyzedOffsets = new Map(
    targets.map(({ index }) => [
      index.name,
      Number(settingOf(index, 'highlight.max_analyzed_offset') ?? defaultMaxAnalyzedOffset),
    ]),
  );
  const fetch = { query, highlight, maxAnalyzedOffsets, docValueFields, fields, storedFields, explain };
  return { ...specification, request: { ...request, fetch } };
}

/** A fetch of the explanation alone. */
export function explanationOnly(query: FetchRequest['query']): FetchRequest {
  return {
    query,
    highlight: [],
    maxAnalyzedOffsets: new Map(),
    docValueFields: [],
    fields: [],
    storedFields: [],
    explain: true,
  };
}
