import type { Engine, Index, Query, SearchRequest } from '@daybook/search-engine';
import type { EffectiveSettings } from '../cluster/settings/effective-settings.ts';
import { illegalArgument } from '../errors/errors.ts';
import type { IndicesOptions } from '../indices/indices-options.ts';
import { resolveIndices } from '../indices/resolve-indices.ts';
import { parseQuery, queryContext } from '../query-dsl/parse-query.ts';
import { askedShards } from './search-routing.ts';

/** An index to be searched, and the filter that the alias by which it was named, and routing values, impose. */
export interface SearchTarget {
  readonly index: Index;
  readonly filter?: Query;
}

/** Resolves an expression for searching: an index named only by filtered aliases is seen through their filters, and of several shards those that routing leads to. */
export function searchTargets(
  engine: Engine,
  expression: string | undefined,
  options: IndicesOptions,
  routing?: string,
): readonly SearchTarget[] {
  const resolved = resolveIndices(engine, expression, { ...options, forbidClosed: true });
  return resolved.flatMap(({ index, viaAliases }) => {
    const shards = askedShards(index, viaAliases, routing);
    if (shards === 'none') return [];
    const target = targetVia(index, viaAliases);
    if (shards === 'all') return [target];
    return [{ index, filter: target.filter === undefined ? shards : allOf([shards, target.filter]) }];
  });
}

/** An index as it is seen through aliases; through none of them as a whole. */
export function targetVia(index: Index, viaAliases: readonly string[]): SearchTarget {
  const aliases = index.aliases();
  const filters = viaAliases.map((alias) => aliases[alias]?.filter);
  if (filters.length === 0 || filters.some((filter) => filter === undefined)) return { index };
  const should = filters.map((filter) => parseQuery(filter, queryContext()));
  return { index, filter: should.length === 1 ? should[0]! : anyOf(should) };
}

/** Refuses a search over more indices than `action.search.shard_count.limit` allows. */
export function checkShardCount(
  { length }: readonly SearchTarget[],
  { maxSearchedShards }: Pick<EffectiveSettings, 'maxSearchedShards'>,
): void {
  if (length <= maxSearchedShards) return;
  throw illegalArgument(
    `Trying to query ${length} shards, which is over the limit of ${maxSearchedShards}. This limit exists because querying ` +
      'many shards at the same time can make the job of the coordinating node very CPU and/or memory intensive. It is ' +
      'usually a better idea to have a smaller number of larger shards. Update [action.search.shard_count.limit] to a ' +
      'greater value if you really want to query that many shards at the same time.',
  );
}

/** The targets as they are now, for searches later. They are held until they are released, and counted as open until then. */
export function pinTargets(
  engine: Engine,
  targets: readonly SearchTarget[],
  use: 'scroll' | 'point-in-time',
): { readonly targets: readonly SearchTarget[]; release(): void } {
  const { indices, release } = engine.pin(targets.map(({ index }) => index));
  const openedMs = performance.now();
  const isScroll = use === 'scroll';
  for (const { counters } of indices) {
    counters.openContexts += 1;
    if (isScroll) counters.openScrolls += 1;
  }
  return {
    targets: targets.map((target, position) => ({ ...target, index: indices[position]! })),
    release: () => {
      release();
      for (const { counters } of indices) {
        counters.openContexts -= 1;
        if (!isScroll) continue;
        counters.openScrolls -= 1;
        counters.scrolls += 1;
        counters.scrollMs += performance.now() - openedMs;
      }
    },
  };
}

/**
 * The query that finds in each target what `query` finds and its alias admits, and what the aliases admit. Targets that have different filters are told
 * apart by `_index`.
 */
export function filteredQuery(
  query: Query,
  targets: readonly SearchTarget[],
): Pick<SearchRequest, 'query' | 'visible'> {
  if (targets.every((target) => target.filter === undefined)) return { query };
  const views = targets.map((target): Query => {
    const here: Query = { type: 'term', field: '_index', value: target.index.name };
    return target.filter === undefined ? here : allOf([here, target.filter]);
  });
  const only = targets.length === 1 ? targets[0]?.filter : undefined;
  const visible = only ?? anyOf(views);
  return { query: { type: 'bool', must: [query], filter: [visible], should: [], mustNot: [] }, visible };
}

function anyOf(should: readonly Query[]): Query {
  return { type: 'bool', must: [], filter: [], should, mustNot: [] };
}

function allOf(filter: readonly Query[]): Query {
  return { type: 'bool', must: [], filter, should: [], mustNot: [] };
}
