import { Double, type Engine, type Hit, type Query } from '@daybook/search-engine';
import { emptyObject, type JsonTree } from '../json/json.ts';
import type { Suspended } from './as-task.ts';
import { executeSearch } from './execute-search.ts';
import { withFetch } from './fetch-request.ts';
import { matchEverything } from './parse-search-body.ts';
import { renderHits, type SearchRenderOptions } from './render-search.ts';
import type { InnerHits, SearchSpecification } from './search-specification.ts';
import { countSearch } from './search-statistics.ts';
import type { SearchTarget } from './search-targets.ts';

/** The inner hits of collapsed hits: for each, and each name, a search within its group. */
export async function expandHits(
  engine: Engine,
  targets: readonly SearchTarget[],
  specification: SearchSpecification,
  hits: readonly Hit[],
  suspended: Suspended,
  render: SearchRenderOptions,
): Promise<ReadonlyMap<Hit, JsonTree>> {
  const expanded = new Map<Hit, JsonTree>();
  if (specification.innerHits.length === 0) return expanded;
  for (const hit of hits) {
    const byName = emptyObject<JsonTree>();
    for (const inner of specification.innerHits) {
      const search = withFetch(withinGroup(specification, inner, hit), targets);
      const sharded = await executeSearch(engine, targets, { suspended, ...search.request }, render.nodeId);
      countSearch(sharded);
      const rendered = await engine.takeTurns(renderHits(sharded, search, render, new Map()));
      byName[inner.name] = { hits: rendered };
    }
    expanded.set(hit, byName);
  }
  return expanded;
}

function withinGroup(
  { request: { query, postFilter, collapse = '' } }: SearchSpecification,
  { specification }: InnerHits,
  { collapsed = null }: Hit,
): SearchSpecification {
  const value = collapsed instanceof Double ? collapsed.value : collapsed;
  const inGroup: readonly Query[] = value === null ? [] : [{ type: 'term', field: collapse, value }];
  const outside: readonly Query[] = value === null ? [{ type: 'exists', field: collapse }] : [];
  // compat: without a query of the search, the hits of a group have a score of 0.
  const must = query === matchEverything ? [] : [query];
  const group: Query = { type: 'bool', must, filter: inGroup, should: [], mustNot: outside };
  const filtered = postFilter === undefined ? {} : { postFilter };
  return { ...specification, request: { ...specification.request, ...filtered, query: group } };
}
