import type { Engine, Query } from '@daybook/search-engine';
import { illegalArgument, parsingError } from '../errors/errors.ts';
import type { IndicesOptions } from '../indices/indices-options.ts';
import { resolveIndices } from '../indices/resolve-indices.ts';
import { isJsonObject, tokenOf } from '../json/json.ts';
import { toNumber } from '../query-dsl/option-readers.ts';
import type { IndexBoost, SearchSpecification } from './search-specification.ts';
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

/**
 * The search with the scores of its query multiplied by the boost of the index in which it is run; the first boost that names an
 * index counts.
 */
export function withIndexBoosts(
  engine: Engine,
  specification: SearchSpecification,
  targets: readonly SearchTarget[],
  options: IndicesOptions,
): SearchSpecification {
  const boostByIndex = new Map<string, number>();
  for (const { expression, boost } of specification.indexBoosts) {
    for (const { index } of resolveIndices(engine, expression, { ...options, operation: 'none' })) {
      if (!boostByIndex.has(index.name)) boostByIndex.set(index.name, boost);
    }
  }
  if (boostByIndex.size === 0) return specification;
  const { request } = specification;
  const should = targets.map(({ index }): Query => {
    const here: Query = { type: 'term', field: '_index', value: index.name };
    const boost = boostByIndex.get(index.name) ?? 1;
    return { type: 'bool', must: [request.query], filter: [here], should: [], mustNot: [], boost };
  });
  const query: Query = { type: 'bool', must: [], filter: [], should, mustNot: [] };
  return { ...specification, request: { ...request, query } };
}
