import type { GapPolicy } from '@daybook/search-engine';
import { contentParseError, illegalArgument } from '../../errors/errors.ts';
import type { AggregationContext } from '../aggregation-parser.ts';

/** Options that pipelines share. */
export const pipelineKinds: {
  readonly buckets_path: 'any';
  readonly gap_policy: 'string';
  readonly format: 'string';
} = { buckets_path: 'any', gap_policy: 'string', format: 'string' };

/** The one path of a pipeline. */
export function readPath(given: unknown): string {
  const path = Array.isArray(given) && given.length === 1 ? given[0] : given;
  if (typeof path === 'string') return path;
  throw illegalArgument('Required [buckets_path]');
}

/** What to do with a bucket that has no value. */
export function readGapPolicy(type: string, given: string | undefined): GapPolicy {
  if (given === undefined || given === 'skip') return 'skip';
  if (given === 'insert_zeros') return 'insertZeros';
  const cause = illegalArgument(`Invalid gap policy: [${given}], accepted values: [insert_zeros, skip]`);
  throw contentParseError(`[${type}] failed to parse field [gap_policy]`, cause);
}

/** Nothing can stand below a pipeline. */
export function refuseBelow(type: string, { name, aggregations }: AggregationContext): void {
  if (Object.keys(aggregations).length === 0) return;
  throw illegalArgument(`Aggregator [${name}] of type [${type}] cannot accept sub-aggregations`);
}
