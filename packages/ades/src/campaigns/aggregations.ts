import type { JobState } from '@daybook/jobs';

/** A bucket of a terms aggregation, with what was asked for in it. */
export interface TermBucket {
  readonly key: string;
  readonly doc_count: number;
}

/** What a terms aggregation answers. */
export interface Terms<Bucket extends TermBucket = TermBucket> {
  readonly buckets: readonly Bucket[];
}

/** What a metric of one value answers; null where no job has one. */
export interface Metric {
  readonly value: number | null;
}

const NONE: Readonly<Record<JobState, number>> = { accepted: 0, running: 0, successful: 0, failed: 0, dismissed: 0 };

/** Jobs by state, each with a number. */
export function stateCounts({ buckets }: Terms): Readonly<Record<JobState, number>> {
  return { ...NONE, ...countsOf({ buckets }) };
}

/** The numbers of jobs by term. */
export function countsOf({ buckets }: Terms): Readonly<Record<string, number>> {
  return Object.fromEntries(buckets.map(({ key, doc_count: count }) => [key, count]));
}

/** A metric of a date as an instant; empty where there is none. */
export function instantOf<Name extends string>(name: Name, { value }: Metric): { readonly [K in Name]?: string } {
  return (value === null ? {} : { [name]: new Date(value).toISOString() }) as { readonly [K in Name]?: string };
}
