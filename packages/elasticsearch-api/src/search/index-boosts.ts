import type { Engine, Query } from '@daybook/search-engine';
import { illegalArgument, parsingError } from '../errors/errors.ts';
import type { IndicesOptions } from '../indices/indices-options.ts';
import { resolveIndices } from '../indices/resolve-indices.ts';
import { isJsonObject, tokenOf } from '../json/json.ts';
import { toNumber } from '../query-dsl/option-readers.ts';
import type { IndexBoost } from './search-specification.ts';
import type { SearchTarget } from './search-targets.ts';

/** Reads `indices_boost`: objects of one index each, or one object of them all. */
export function parseIndexBoosts(value: unknown): readonly IndexBoost[] {
  return (Array.isArray(value) ? value : [value]).flatMap((element: unknown) => {
    if (!isJsonObject(element))
      throw parsingError(`Expected [START_OBJECT] in [indices_boost] but found [${tokenOf(element)}]`);
    const entries = Object.entries(element);
    if (Array.isArray(value) && entries.length !== 1) {
      throw illegalArgument(`[indices_boost] takes objects of one index each, found one of [${entries.length}]`);
    }
    return entries.map(([expression, boost]) => ({ expression, boost: toNumber(boost) }));
  });
}

/** The query with its scores multiplied by the boost of the index in which it is run; the first boost that names an index counts. */
export function boostedQuery(
  engine: Engine,
  query: Query,
  targets: readonly SearchTarget[],
  boosts: readonly IndexBoost[],
  options: IndicesOptions,
): Query {
  const boostByIndex = new Map<string, number>();
  for (const { expression, boost } of boosts) {
    for (const { index } of resolveIndices(engine, expression, options)) {
      if (!boostByIndex.has(index.name)) boostByIndex.set(index.name, boost);
    }
  }
  if (!targets.some(({ index }) => boostByIndex.has(index.name))) return query;
  const should = targets.map(({ index }): Query => {
    const here: Query = { type: 'term', field: '_index', value: index.name };
    return {
      type: 'bool',
      must: [query],
      filter: [here],
      should: [],
      mustNot: [],
      boost: boostByIndex.get(index.name) ?? 1,
    };
  });
  return { type: 'bool', must: [], filter: [], should, mustNot: [] };
}
