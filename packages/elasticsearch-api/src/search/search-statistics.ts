import { illegalArgument } from '../errors/errors.ts';
import type { JsonTree } from '../json/json.ts';
import { matchesPattern } from '../wildcards/wildcard.ts';

/** An index, as searches are counted of it. */
interface Counted {
  readonly uuid: string;
}

/** One search of an index. */
interface SearchEvent {
  readonly tookMs: number;
  readonly hasHits: boolean;
  /** What `stats` of the search names: it is counted in each of them too. */
  readonly groups: readonly string[];
}

interface Counts {
  queries: number;
  queryMs: number;
  fetches: number;
}

interface IndexCounts {
  readonly all: Counts;
  readonly groups: Map<string, Counts>;
}

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

/** Of indices, before it is looked which of them are gone. */
const maxKept = 1000;

/** Counts searches since the server started, by index and by the groups that they name. */
export class SearchStatistics {
  readonly #counts: Map<string, IndexCounts> = new Map();
  #mostKept = maxKept;

  /** Counts a search that has been answered. `present` tells which indices there are: others are forgotten in time. */
  record(searched: readonly Counted[], event: SearchEvent, present: () => readonly Counted[]): void {
    for (const { uuid } of searched) {
      const counts = this.#counts.get(uuid) ?? this.#begin(uuid, present);
      add(counts.all, event);
      for (const name of new Set(event.groups)) {
        const group = counts.groups.get(name) ?? noCounts();
        if (counts.groups.size < maxGroups) counts.groups.set(name, group);
        add(group, event);
      }
    }
  }

  /** The sum over indices, with the groups that patterns name; without patterns none is told. */
  render(indices: readonly Counted[], patterns: readonly string[] | undefined): JsonTree {
    const all = noCounts();
    const groups = new Map<string, Counts>();
    for (const { uuid } of indices) {
      const counts = this.#counts.get(uuid);
      if (counts === undefined) continue;
      sum(all, counts.all);
      for (const [name, group] of counts.groups) {
        if (!patterns?.some((pattern) => matchesPattern(pattern === '_all' ? '*' : pattern, name))) continue;
        const total = groups.get(name) ?? noCounts();
        groups.set(name, total);
        sum(total, group);
      }
    }
    const named = Array.from(groups, ([name, group]): [string, JsonTree] => [name, renderCounts(group)]);
    return {
      open_contexts: 0,
      ...renderCounts(all),
      groups: named.length === 0 ? undefined : Object.fromEntries(named),
    };
  }

  #forget(present: readonly Counted[]): void {
    const known = new Set(present.map(({ uuid }) => uuid));
    for (const uuid of this.#counts.keys()) if (!known.has(uuid)) this.#counts.delete(uuid);
    this.#mostKept = 2 * this.#counts.size + maxKept;
  }

  #begin(uuid: string, present: () => readonly Counted[]): IndexCounts {
    if (this.#counts.size >= this.#mostKept) this.#forget(present());
    const counts = { all: noCounts(), groups: new Map<string, Counts>() };
    this.#counts.set(uuid, counts);
    return counts;
  }
}

function noCounts(): Counts {
  return { queries: 0, queryMs: 0, fetches: 0 };
}

function add(counts: Counts, { tookMs, hasHits }: SearchEvent): void {
  counts.queries += 1;
  counts.queryMs += tookMs;
  if (hasHits) counts.fetches += 1;
}

function sum(total: Counts, counts: Counts): void {
  total.queries += counts.queries;
  total.queryMs += counts.queryMs;
  total.fetches += counts.fetches;
}

/** A hit is fetched where it is found, so that takes no time of its own. */
function renderCounts({ queries, queryMs, fetches }: Counts): { readonly [name: string]: JsonTree } {
  return {
    query_total: queries,
    query_time_in_millis: Math.round(queryMs),
    query_current: 0,
    fetch_total: fetches,
    fetch_time_in_millis: 0,
    fetch_current: 0,
    scroll_total: 0,
    scroll_time_in_millis: 0,
    scroll_current: 0,
    suggest_total: 0,
    suggest_time_in_millis: 0,
    suggest_current: 0,
  };
}
