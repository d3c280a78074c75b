import type { Hit } from '@daybook/search-engine';
import type { JsonTree } from '../json/json.ts';
import { filterSource } from '../json/source-filter.ts';
import { fieldValues } from './field-values.ts';
import { floatScore } from './float-score.ts';
import type { SearchSpecification } from './search-specification.ts';

/** Renders one hit. A source that is wanted whole is spliced in as it was stored. */
export function renderHit(hit: Hit, specification: SearchSpecification, typed: boolean): JsonTree {
  // An order by score alone has no values.
  const wantsSort = specification.request.sort.length > 0 && hit.sort.length > 0;
  return {
    _index: hit.index,
    _type: typed ? '_doc' : undefined,
    _id: specification.withIds ? hit.id : undefined,
    _version: specification.version ? hit.version : undefined,
    _seq_no: specification.seqNoPrimaryTerm ? hit.seqNo : undefined,
    _primary_term: specification.seqNoPrimaryTerm ? hit.primaryTerm : undefined,
    _score: floatScore(hit.score),
    _source: specification.withIds ? filterSource(hit.source(), specification.source) : undefined,
    fields: renderFields(hit, specification),
    matched_queries: hit.matchedQueries.length > 0 ? hit.matchedQueries : undefined,
    sort: wantsSort ? renderSort(hit, specification) : undefined,
  };
}

/** The fields that were asked for, and the value by which the hit was collapsed. */
function renderFields(hit: Hit, { fields, request }: SearchSpecification): JsonTree {
  const values = fields.length > 0 ? fieldValues(hit.source(), fields) : undefined;
  const { collapsed = null } = hit;
  if (request.collapse === undefined || collapsed === null) return values;
  return { ...values, [request.collapse]: [collapsed] };
}

/** Sort values as they come back in `search_after`; a score among them is written as the hit's is. */
function renderSort(hit: Hit, specification: SearchSpecification): JsonTree {
  const { sort } = specification.request;
  return hit.sort.map((value, position) =>
    sort[position]?.field === '_score' && typeof value === 'number' ? floatScore(value) : value,
  );
}

/** The total as the request wants it: left out, a number, or a value and whether it is exact. */
export function renderTotal(total: number, track: boolean | number, asInteger: boolean): JsonTree {
  if (track === false) return asInteger ? -1 : undefined;
  if (asInteger) return total;
  return track !== true && total > track ? { value: track, relation: 'gte' } : { value: total, relation: 'eq' };
}
