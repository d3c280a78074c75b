import { type Index, type IndexCounters, SearchCounters } from '@daybook/search-engine';
import { illegalArgument } from '../errors/errors.ts';
import type { JsonTree } from '../json/json.ts';
import { matchesPattern } from '../wildcards/wildcard.ts';
import type { ShardedResult } from './sharded-result.ts';

/** Of one search. */
const maxGroupsAtOnce = 100;
const maxNameLength = 255;

/** The groups in which a search is to be counted; more than a hundred, and names of more than 255 characters, are `invalid-argument`. */
export function checkGroups(names: readonly string[]): readonly string[] {
  if (names.length <= maxGroupsAtOnce && names.every(({ length }) => length <= maxNameLength)) return names;
  throw illegalArgument(
    `[stats] takes at most [${maxGroupsAtOnce}] groups, with names of at most [${maxNameLength}] characters`,
  );
}

/** Of one index: what comes later under another name is not counted by its group. */
const maxGroups = 1000;

/** Counts a search in each index that took part, and in each of the groups: `stats` of the search names them. */
export function countSearch(
  { result, searched, queryMs, fetchMs }: ShardedResult,
  groups: readonly string[] = [],
): void {
  const { length } = searched;
  // compat: one index alone fetches what it finds at once, be it nothing; of several those do whose hits are wanted.
  const fetched = length === 1 ? undefined : new Set(result.hits.map(({ index }) => index));
  for (const index of searched) {
    const hasFetched = fetched?.has(index.name) ?? true;
    for (const counters of countersOf(index, groups)) {
      counters.queries += 1;
      counters.queryMs += queryMs / length;
      if (!hasFetched) continue;
      counters.fetches += 1;
      counters.fetchMs += fetchMs / length;
    }
  }
}

function countersOf({ counters }: Index, groups: readonly string[]): readonly SearchCounters[] {
  const { searches, searchGroups } = counters;
  const named = [...new Set(groups)].map((name) => {
    const group = searchGroups.get(name) ?? new SearchCounters();
    if (searchGroups.size < maxGroups) searchGroups.set(name, group);
    return group;
  });
  return [searches, ...named];
}

/** What has been searched in the indices together, with the groups that patterns name; without patterns none is told. */
export function renderSearches(indices: readonly Index[], patterns: readonly string[] | undefined): JsonTree {
  const groups = new Map<string, SearchCounters[]>();
  for (const { counters } of patterns === undefined ? [] : indices) {
    for (const [name, group] of counters.searchGroups) {
      if (!patterns?.some((pattern) => matchesPattern(pattern === '_all' ? '*' : pattern, name))) continue;
      groups.set(name, [...(groups.get(name) ?? []), group]);
    }
  }
  const all = indices.map(({ counters }) => counters);
  const sum = (value: (counters: IndexCounters) => number) =>
    all.reduce((total, counters) => total + value(counters), 0);
  const named = Array.from(groups, ([name, group]): [string, JsonTree] => [name, renderCounters(group)]);
  return {
    open_contexts: sum(({ openContexts }) => openContexts),
    ...renderCounters(all.map(({ searches }) => searches)),
    scroll_total: sum(({ scrolls }) => scrolls),
    scroll_time_in_millis: Math.round(sum(({ scrollMs }) => scrollMs)),
    scroll_current: sum(({ openScrolls }) => openScrolls),
    groups: named.length === 0 ? undefined : Object.fromEntries(named),
  };
}

function renderCounters(each: readonly SearchCounters[]): { readonly [name: string]: JsonTree } {
  const sum = (value: (counters: SearchCounters) => number) =>
    Math.round(each.reduce((total, counters) => total + value(counters), 0));
  return {
    query_total: sum(({ queries }) => queries),
    query_time_in_millis: sum(({ queryMs }) => queryMs),
    query_current: 0,
    fetch_total: sum(({ fetches }) => fetches),
    fetch_time_in_millis: sum(({ fetchMs }) => fetchMs),
    fetch_current: 0,
    scroll_total: 0,
    scroll_time_in_millis: 0,
    scroll_current: 0,
    suggest_total: 0,
    suggest_time_in_millis: 0,
    suggest_current: 0,
  };
}
