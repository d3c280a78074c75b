import type { FetchedHit, Hit } from '@daybook/search-engine';
import { doubleJson, floatJson, valueJson } from '../json/floating-point.ts';
import type { JsonTree } from '../json/json.ts';
import { filterSource } from '../json/source-filter.ts';
import { renderExplanation } from './render-explanation.ts';
import type { SearchSpecification } from './search-specification.ts';

/** Renders one hit. A source that is wanted whole is spliced in as it was stored. */
export function renderHit(
  hit: Hit,
  specification: SearchSpecification,
  { typed, nodeId }: { readonly typed: boolean; readonly nodeId: string },
  innerHits: JsonTree,
): JsonTree {
  const { fetched } = hit;
  // An order by score alone has no values.
  const wantsSort = specification.request.sort.length > 0 && hit.sort.length > 0;
  return {
    _shard: specification.explain ? `[${hit.index}][0]` : undefined,
    _node: specification.explain ? nodeId : undefined,
    _index: hit.index,
    _type: typed ? '_doc' : undefined,
    _id: specification.withIds ? hit.id : undefined,
    _version: specification.version ? hit.version : undefined,
    _seq_no: specification.seqNoPrimaryTerm ? hit.seqNo : undefined,
    _primary_term: specification.seqNoPrimaryTerm ? hit.primaryTerm : undefined,
    _score: floatJson(hit.score),
    _routing: specification.withIds ? hit.routing : undefined,
    _ignored: hit.ignored.length > 0 ? hit.ignored : undefined,
    _source: specification.withIds ? filterSource(hit.source(), specification.source) : undefined,
    fields: renderFields(hit, fetched, specification),
    highlight: renderHighlights(fetched),
    matched_queries: hit.matchedQueries.length > 0 ? hit.matchedQueries : undefined,
    sort: wantsSort ? renderSort(hit) : undefined,
    inner_hits: innerHits,
    _explanation: fetched?.explanation === undefined ? undefined : renderExplanation(fetched.explanation),
  };
}

function renderHighlights(fetched: FetchedHit | undefined): JsonTree {
  if (fetched === undefined || Object.keys(fetched.highlights).length === 0) return undefined;
  return fetched.highlights;
}

/** The fields that were asked for, and the value by which the hit was collapsed. */
function renderFields(hit: Hit, fetched: FetchedHit | undefined, { request }: SearchSpecification): JsonTree {
  const fields = valueJson(fetched?.fields ?? {}) as { readonly [name: string]: JsonTree };
  const { collapsed = null } = hit;
  const { collapse } = request;
  const all = collapse === undefined || collapsed === null ? fields : { ...fields, [collapse]: [valueJson(collapsed)] };
  return Object.keys(all).length === 0 ? undefined : all;
}

/** Sort values as they come back in `search_after`. */
function renderSort(hit: Hit): JsonTree {
  return hit.sort.map((value, position) => (hit.sortsDouble(position) ? doubleJson(value) : value));
}

/** The total as the request wants it: left out, a number, or a value and whether it is exact. */
export function renderTotal(total: number, track: boolean | number, asInteger: boolean): JsonTree {
  if (track === false) return asInteger ? -1 : undefined;
  if (asInteger) return total;
  return track !== true && total > track ? { value: track, relation: 'gte' } : { value: total, relation: 'eq' };
}
