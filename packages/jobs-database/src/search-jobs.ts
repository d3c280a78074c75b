import type { ElasticsearchClient } from '@daybook/elasticsearch-client';
import type { JobDocument, JsonObject } from '@daybook/jobs';
import { JOBS_INDEX } from './indices.ts';
import { jobQuery } from './job-query.ts';
import type { CallOptions, JobPage, JobSearch } from './jobs-database.ts';
import { resolvePage } from './page.ts';

/** What lists leave out: it can be as long as the workflow made it. */
const LONG_FIELDS = ['merge', 'results', 'resources'] as const;

/** See `JobsDatabase.searchJobs`. */
export async function searchJobs(
  client: ElasticsearchClient,
  { filter = {}, sort = { field: 'submit-time', order: 'desc' }, ...page }: JobSearch,
  options: CallOptions = {},
): Promise<JobPage> {
  const { order } = sort;
  const found = await client.search<JobDocument>(
    JOBS_INDEX,
    {
      query: jobQuery(filter),
      sort: [...(sort.field === 'id' ? [] : [{ [sort.field]: { order, missing: '_last' } }]), { id: { order } }],
      ...resolvePage(page, 10),
      _source: { excludes: LONG_FIELDS },
      track_total_hits: true,
    },
    options,
  );
  return { items: found.hits.flatMap(({ source }) => source ?? []), total: found.total };
}

/** See `JobsDatabase.rawSearch`. */
export async function rawSearch(
  client: ElasticsearchClient,
  body: Readonly<Record<string, unknown>>,
  options: CallOptions = {},
): Promise<JsonObject> {
  const answer = await client.request({
    ...options,
    method: 'POST',
    path: `/${JOBS_INDEX}/_search`,
    body: { json: body },
    idempotent: true,
  });
  return answer.body as JsonObject;
}

/** See `JobsDatabase.unqueuedJobs`. */
export async function unqueuedJobs(
  client: ElasticsearchClient,
  olderThan: Date,
  { limit = 100, ...options }: CallOptions & { readonly limit?: number } = {},
): Promise<readonly JobDocument[]> {
  const found = await client.search(
    JOBS_INDEX,
    {
      query: {
        bool: {
          filter: [{ term: { state: 'accepted' } }, { range: { 'submit-time': { lt: olderThan.toISOString() } } }],
          must_not: [{ exists: { field: 'queue-time' } }],
        },
      },
      sort: [{ 'submit-time': { order: 'asc' } }],
      ...resolvePage({ size: limit }, limit),
      _source: false,
    },
    options,
  );
  const ids = found.hits.map((hit) => hit.id);
  const documents = await client.mget<JobDocument>(JOBS_INDEX, ids, options);
  return documents.flatMap((stored) =>
    stored?.source.state === 'accepted' && stored.source['queue-time'] === undefined ? [stored.source] : [],
  );
}
