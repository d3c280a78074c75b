import type { Engine, Hit, SearchRequest, SortKey, SortValue } from '@daybook/search-engine';
import { executeSearch, type ShardedResult } from './execute-search.ts';
import type { SearchTarget } from './search-targets.ts';

/** A hit's last sort value is its document's number times this, plus the position of its index. */
const maxTargets = 65_536;

/**
 * Searches in a point in time, whose hits end in a sort value that no two share: documents are numbered in each index anew, so
 * the number alone would not tell equal hits of two indices apart, and a page could begin behind hits that were never shown.
 * `request.sort` ends in `_doc`, ascending. Several indices are searched one by one and merged.
 */
export function searchPointInTime(
  engine: Engine,
  targets: readonly SearchTarget[],
  request: SearchRequest,
  nodeId: string,
): ShardedResult {
  if (targets.length < 2) return executeSearch(engine, targets, request, nodeId);
  const { searchAfter, ...rest } = request;
  const whole = executeSearch(engine, targets, { ...rest, size: 0 }, nodeId);
  const hits = targets.flatMap((target, position) => {
    if (whole.failures.some((failure) => failure.index === target.index.name)) return [];
    const after = searchAfter === undefined ? {} : { searchAfter: afterIn(position, searchAfter) };
    const page = { ...rest, ...after, from: 0, size: request.from + request.size, aggregations: {} };
    return executeSearch(engine, [target], page, nodeId).result.hits.map((hit) => numbered(hit, position));
  });
  hits.sort((a, b) => compareHits(a, b, request.sort));
  const page = hits.slice(request.from, request.from + request.size);
  return { ...whole, result: { ...whole.result, hits: page } };
}

function numbered(hit: Hit, position: number): Hit {
  return {
    index: hit.index,
    id: hit.id,
    score: hit.score,
    sort: [...hit.sort.slice(0, -1), Number(hit.sort.at(-1)) * maxTargets + position],
    version: hit.version,
    seqNo: hit.seqNo,
    primaryTerm: hit.primaryTerm,
    matchedQueries: hit.matchedQueries,
    source: () => hit.source(),
  };
}

/** Where to go on in the index at a position. */
function afterIn(position: number, after: readonly SortValue[]): readonly SortValue[] {
  const last = Number(after.at(-1));
  const document = Math.floor(last / maxTargets);
  const shown = position <= last % maxTargets;
  return [...after.slice(0, -1), shown ? document : document - 1];
}

function compareHits(a: Hit, b: Hit, sort: readonly SortKey[]): number {
  for (const [position, key] of sort.entries()) {
    const order = compareValues(a.sort[position] ?? null, b.sort[position] ?? null, key);
    if (order !== 0) return order;
  }
  return 0;
}

function compareValues(a: SortValue, b: SortValue, key: SortKey): number {
  if (a === b) return 0;
  if (a === null || b === null) return (a === null) === (key.missing === '_first') ? -1 : 1;
  return a < b === (key.direction === 'asc') ? -1 : 1;
}
