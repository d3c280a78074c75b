import { finish, type Steps } from '../steps/steps.ts';
import type { AggregationResult } from './aggregation.ts';
import type { Aggregator, Part } from './aggregator.ts';
import { ResultBuilder } from './result-builder.ts';

/** An aggregation's result, whether or not it makes it in steps. */
export function* resultOf(
  aggregator: Aggregator,
  parts: readonly Part[],
  results: ResultBuilder,
): Steps<AggregationResult> {
  const result = aggregator.result(parts, results);
  return 'next' in result ? yield* result : result;
}

/** A result that is needed at once, outside an answer: its buckets have no limit of their own. */
export function resultAtOnce(aggregator: Aggregator, parts: readonly Part[]): AggregationResult {
  const results = new ResultBuilder(Number.POSITIVE_INFINITY);
  const result = finish(resultOf(aggregator, parts, results));
  finish(results.fill());
  return result;
}
