import type { FunctionScoreComposition } from '../query/clauses/clause.ts';
import type { Query } from '../query/query.ts';
import { type Explanation, explained } from './explanation.ts';

/** The greatest 32-bit float, which stands for no limit. */
const NO_LIMIT = Math.fround(3.4028234663852886e38);

/** The score of a query and functions; `query` explains the query's own, `text` is what Lucene writes for a filter. */
export function explainFunctionScore(
  composition: FunctionScoreComposition,
  query: Explanation,
  text: (filter: Query) => string,
  doc: number,
): Explanation {
  const { boostMode, maxBoost } = composition.options;
  const given = explainFactor(composition, text, doc);
  const limit = Math.min(Math.fround(maxBoost), NO_LIMIT);
  const factor = explained(Math.min(Math.fround(given.value), limit), 'min of:', [given, explained(limit, 'maxBoost')]);
  const parts = [query, factor];
  switch (boostMode) {
    case 'multiply':
      return explained(query.value * factor.value, 'function score, product of:', parts);
    case 'replace':
      return factor;
    case 'sum':
      return explained(query.value + factor.value, 'sum of', parts);
    case 'avg':
      return explained((query.value + factor.value) / 2, 'avg of', parts);
    case 'max':
      return explained(Math.max(query.value, factor.value), 'max of:', parts);
    case 'min':
      return explained(Math.min(query.value, factor.value), 'min of', parts);
  }
}

function explainFactor(
  { functions, options, factor }: FunctionScoreComposition,
  text: (filter: Query) => string,
  doc: number,
): Explanation {
  const [only] = functions;
  if (functions.length === 1 && only?.filter === undefined) return only!.explain(doc);
  const each: Explanation[] = [];
  for (const { filter, filterQuery, explain } of functions) {
    if (filter !== undefined && !filter.matches(doc)) continue;
    const own = explain(doc);
    if (filter === undefined || filterQuery === undefined) each.push(own);
    else {
      const parts = [explained(1, `match filter: ${text(filterQuery)}`), own];
      each.push(explained(own.value, 'function score, product of:', parts));
    }
  }
  if (each.length === 0) return explained(1, 'No function matched');
  return explained(factor(doc), `function score, score mode [${options.scoreMode}]`, each);
}
