import { type Index, type Query, shardLayout, shardsOfRouting } from '@daybook/search-engine';

/** The shards of an index that a search asks: all, none, or those that a query selects. */
export type AskedShards = 'all' | 'none' | (Query & { readonly type: 'shards' });

/** The shards that routing values lead to: those of the aliases by which the index was named, and those of the request, separated by commas. */
export function askedShards(index: Index, viaAliases: readonly string[], given: string | undefined): AskedShards {
  const values = routingValues(index, viaAliases, given === undefined ? undefined : splitRouting(given));
  if (values === undefined) return 'all';
  const layout = shardLayout(index.settings());
  const numbers = new Set([...values].flatMap((value) => [...shardsOfRouting(layout, value)]));
  if (numbers.size === 0) return 'none';
  return numbers.size === layout.shards ? 'all' : { type: 'shards', layout, numbers: [...numbers] };
}

/** compat: a request for none of the values of the aliases is as one for all shards. */
function routingValues(
  index: Index,
  viaAliases: readonly string[],
  given: ReadonlySet<string> | undefined,
): ReadonlySet<string> | undefined {
  const aliases = index.aliases();
  const ofAliases = viaAliases.map((alias) => aliases[alias]?.search_routing);
  if (ofAliases.length === 0 || ofAliases.includes(undefined)) return given;
  const admitted = ofAliases.flatMap((routing) => [...splitRouting(String(routing))]);
  const both = given === undefined ? admitted : admitted.filter((value) => given.has(value));
  return both.length === 0 ? undefined : new Set(both);
}

function splitRouting(routing: string): ReadonlySet<string> {
  return new Set(routing.split(',').filter((value) => value !== ''));
}
