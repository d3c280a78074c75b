import type { FetchRequest } from '../fetch/fetch.ts';
import { createHitFetcher, type HitFetcher } from '../fetch/hit-fetcher.ts';
import type { IndexView } from '../index/index-view.ts';
import { type CompiledQuery, compileQuery } from '../query/compile/compile-query.ts';
import type { SortKey } from '../sort/sort-key.ts';
import type { SortSource } from '../sort/sort-source.ts';
import { type IndexPosition, sortSources } from '../sort/sort-sources.ts';
import { finish } from '../steps/steps.ts';
import type { Hit } from './hit.ts';

/** What a hit tells of the query that found it. */
type QueryMatches = Pick<CompiledQuery, 'clause' | 'named'>;

/** How a hit is shown: the sources of its sort values, none for an order by score; whether it has a score; what it shows besides. */
export interface HitOrder {
  readonly sources: readonly SortSource[];
  readonly hasScores: boolean;
  readonly fetch: HitFetcher | undefined;
}

/** The documents of one index as hits, for aggregations that answer some of them. */
export interface HitSource {
  sortSources(keys: readonly SortKey[]): readonly SortSource[];
  score(doc: number): number;
  fetcher(request: FetchRequest): HitFetcher;
  hit(doc: number, order: HitOrder): Hit;
  /** The same index where every document is found, with the score 1; hits tell of the same query. */
  ofAllDocs(): HitSource;
}

/** The hits of one index, found by a query. */
export function hitSource(index: IndexView, compiled: CompiledQuery, nowMs: number, place: IndexPosition): HitSource {
  return {
    sortSources: (keys) => sortSources(index, keys, compiled.clause, nowMs, place),
    score: (doc) => compiled.clause.score(doc),
    fetcher: (request) => createHitFetcher(index, request, compiled, nowMs),
    hit: (doc, order) => hitOf(index, compiled, doc, order),
    ofAllDocs: () => {
      const { clause } = finish(compileQuery(index, { type: 'matchAll' }, nowMs));
      return hitSource(index, { ...compiled, clause }, nowMs, place);
    },
  };
}

/** A document as a hit of a query. */
export function hitOf(index: IndexView, { clause, named }: QueryMatches, doc: number, order: HitOrder): Hit {
  const document = index.document(doc);
  return {
    index: index.name,
    id: document.id,
    version: document.version,
    seqNo: document.seqNo,
    primaryTerm: document.primaryTerm,
    routing: document.routing,
    score: order.hasScores ? clause.score(doc) : null,
    sort: order.sources.map((source) => source.value(doc)),
    sortsDouble: (position) => order.sources[position]?.isDouble === true,
    matchedQueries: named.filter((each) => each.clause.matches(doc)).map(({ name }) => name),
    ignored: document.ignored,
    ...(order.fetch === undefined ? {} : { fetched: order.fetch(doc) }),
    source: document.source,
  };
}
