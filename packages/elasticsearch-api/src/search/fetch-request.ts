import type { Aggregation, Aggregations, FetchRequest, Query } from '@daybook/search-engine';
import { settingOf } from '../indices/settings.ts';
import { emptyObject } from '../json/json.ts';
import type { SearchSpecification } from './search-specification.ts';
import type { SearchTarget } from './search-targets.ts';

const defaultMaxAnalyzedOffset = 1_000_000;

/** The search with what its hits, and the top hits of its aggregations, show besides their documents. */
export function withFetch(specification: SearchSpecification, targets: readonly SearchTarget[]): SearchSpecification {
  const { request } = specification;
  const { query } = request;
  const aggregations = withTopHitsFetch(request.aggregations, query, targets);
  const fetch = fetchOf(specification, query, targets);
  return { ...specification, request: { ...request, aggregations, ...(fetch === undefined ? {} : { fetch }) } };
}

/** What hits of the query are to show; undefined without such wishes. */
function fetchOf(
  { highlight, docValueFields, fields, storedFields, explain }: SearchSpecification,
  query: Query,
  targets: readonly SearchTarget[],
): FetchRequest | undefined {
  if (highlight.length + docValueFields.length + fields.length + storedFields.length === 0 && !explain) {
    return undefined;
  }
  const maxAnalyzedOffsets = new Map(
    targets.map(({ index }) => [
      index.name,
      Number(settingOf(index, 'highlight.max_analyzed_offset') ?? defaultMaxAnalyzedOffset),
    ]),
  );
  return { query, highlight, maxAnalyzedOffsets, docValueFields, fields, storedFields, explain };
}

function withTopHitsFetch(aggregations: Aggregations, query: Query, targets: readonly SearchTarget[]): Aggregations {
  const each = (aggregation: Aggregation): Aggregation => {
    if (aggregation.type === 'topHits') {
      const fetch = fetchOf(aggregation.presentation as SearchSpecification, query, targets);
      return fetch === undefined ? aggregation : { ...aggregation, fetch };
    }
    if (!('aggregations' in aggregation) || aggregation.aggregations === undefined) return aggregation;
    return { ...aggregation, aggregations: withTopHitsFetch(aggregation.aggregations, query, targets) };
  };
  const filled = emptyObject<Aggregation>();
  for (const [name, aggregation] of Object.entries(aggregations)) filled[name] = each(aggregation);
  return filled;
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
