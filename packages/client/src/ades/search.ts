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

/** The document of a job as searches show it; undefined where they do not. */
export async function findJobDocument(ades: Transport, id: string): Promise<JobSource | undefined> {
  const { hits } = await searchJobs(ades, { size: 1, query: { ids: { values: [id] } } });
  return hits.hits[0]?._source;
}

/** The buckets of a terms aggregation. */
export function bucketsOf<B extends Bucket = Bucket>(answer: SearchAnswer, name: string): readonly B[] {
  return (answer.aggregations?.[name] as { readonly buckets?: readonly B[] } | undefined)?.buckets ?? [];
}
