import { setTimeout as delay } from 'node:timers/promises';
import type { Transport } from './transport.ts';

/** A query of Elasticsearch's query language. */
export type JobQuery = Readonly<Record<string, unknown>>;

/** A body of Elasticsearch's search API. */
export type SearchBody = Readonly<Record<string, unknown>>;

/** A job's document, as far as the search gave it. */
export type JobSource = Readonly<Record<string, unknown>>;

/** An answer of Elasticsearch's search API. */
export interface SearchAnswer {
  readonly hits: {
    readonly total?: { readonly value: number; readonly relation: 'eq' | 'gte' };
    readonly hits: readonly { readonly _id: string; readonly _source?: JobSource }[];
  };
  readonly aggregations?: Readonly<Record<string, unknown>>;
}

/** Within that a search shows what was written, also on engines that refresh only now and then. */
export const SHOWN_WITHIN_MS = 3_000;
const AGAIN_MS = 200;

/** A bucket of a terms aggregation. */
export interface Bucket {
  readonly key: string;
  readonly doc_count: number;
}

/** Searches the index of jobs. */
export async function searchJobs(ades: Transport, body: SearchBody): Promise<SearchAnswer> {
  const answer = await ades.send({
    method: 'POST',
    path: '/jobs/search',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    repeatable: true,
  });
  return answer.body as SearchAnswer;
}

/**
 * The document of a job as searches show it once they show that status; undefined where they show none. An engine that refreshes only now and then
 * shows the one before for a while.
 */
export async function findJobDocument(
  ades: Transport,
  { jobID, status }: { readonly jobID: string; readonly status: string },
): Promise<JobSource | undefined> {
  const deadline = Date.now() + SHOWN_WITHIN_MS;
  for (;;) {
    const { hits } = await searchJobs(ades, { size: 1, query: { ids: { values: [jobID] } } });
    const document = hits.hits[0]?._source;
    if (document?.state === status || Date.now() > deadline) return document;
    await delay(AGAIN_MS);
  }
}

/** The buckets of a terms aggregation. */
export function bucketsOf<B extends Bucket = Bucket>(answer: SearchAnswer, name: string): readonly B[] {
  return (answer.aggregations?.[name] as { readonly buckets?: readonly B[] } | undefined)?.buckets ?? [];
}
