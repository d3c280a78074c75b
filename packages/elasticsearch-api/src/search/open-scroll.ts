import { DaybookError } from '@daybook/errors';
import type { Engine, Hit, Query, SearchResult } from '@daybook/search-engine';
import { executeSearch, type ShardedResult } from './execute-search.ts';
import { type ScanPosition, scanPage } from './scan-documents.ts';
import type { Scroll } from './scroll-registry.ts';
import type { SearchSpecification } from './search-specification.ts';
import { filteredQuery, type SearchTarget } from './search-targets.ts';

/** How many hits a sorted scroll may hold; a scroll in document order holds none. */
const maxFrozenHits = 1_000_000;

/**
 * Opens a scroll and gives its first page. In document order it is a scan. In any other order the hits' identities are
 * frozen when it is opened; their sources are read when their page is, and those deleted meanwhile are left out.
 */
export function openScroll(
  engine: Engine,
  targets: readonly SearchTarget[],
  specification: SearchSpecification,
  nodeId: string,
): { readonly first: ShardedResult; readonly scroll: Scroll } {
  const first = executeSearch(engine, targets, specification.request, nodeId);
  const scroll = isDocumentOrder(specification)
    ? openScan(targets, specification, first)
    : openFrozen(engine, targets, specification, first);
  return { first: scroll.next(engine), scroll };
}

function isDocumentOrder(specification: SearchSpecification): boolean {
  const { sort, query } = specification.request;
  if (sort.length === 0) return scoresAlike(query);
  return sort.length === 1 && sort[0]?.field === '_doc' && sort[0].direction === 'asc';
}

/** Queries that give every document the same score. */
function scoresAlike(query: Query): boolean {
  return ['matchAll', 'matchNone', 'exists', 'range', 'terms', 'ids', 'constantScore'].includes(query.type);
}

function openScan(targets: readonly SearchTarget[], specification: SearchSpecification, first: ShardedResult): Scroll {
  const position: ScanPosition = { target: 0, after: undefined };
  const { query, size, sort } = specification.request;
  const score = sort.length === 0 ? first.result.maxScore : null;
  return {
    specification,
    next: (engine) => {
      const hits = scanPage(engine, targets, query, position, size);
      return page(
        first,
        hits.map((hit) => ({ ...hitMembers(hit), score })),
      );
    },
  };
}

function openFrozen(
  engine: Engine,
  targets: readonly SearchTarget[],
  specification: SearchSpecification,
  first: ShardedResult,
): Scroll {
  const { total } = first.result;
  if (total > maxFrozenHits) {
    throw new DaybookError(
      'limit-exceeded',
      `a sorted scroll holds at most [${maxFrozenHits}] hits, this one would hold [${total}]; sort by [_doc] instead`,
    );
  }
  const { searchAfter: _, ...request } = specification.request;
  const all = engine.search(
    targets.map((target) => target.index),
    { ...request, query: filteredQuery(request.query, targets), from: 0, size: total, aggregations: {} },
  );
  const frozen = all.hits.map(({ index, id, score, sort, matchedQueries }) => ({
    index,
    id,
    score,
    sort,
    matchedQueries,
  }));
  let position = 0;
  return {
    specification,
    next: (current) => {
      const hits: Hit[] = [];
      for (; position < frozen.length && hits.length < request.size; position += 1) {
        const identity = frozen[position]!;
        const document = current.index(identity.index)?.get(identity.id);
        if (document !== undefined) hits.push({ ...hitMembers(document), ...identity });
      }
      return page(first, hits);
    },
  };
}

/** The members that a hit shares with a stored document; methods are bound, since spreading loses what stands on a prototype. */
function hitMembers<T extends Pick<Hit, 'id' | 'version' | 'seqNo' | 'primaryTerm' | 'source'> & Partial<Hit>>(
  from: T,
): Hit {
  return {
    index: from.index ?? '',
    id: from.id,
    score: from.score ?? null,
    sort: from.sort ?? [],
    version: from.version,
    seqNo: from.seqNo,
    primaryTerm: from.primaryTerm,
    matchedQueries: from.matchedQueries ?? [],
    source: () => from.source(),
  };
}

function page(first: ShardedResult, hits: readonly Hit[]): ShardedResult {
  const result: SearchResult = { ...first.result, hits };
  return { ...first, result };
}
