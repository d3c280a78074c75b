import type { ElasticsearchClient } from '@daybook/elasticsearch-client';
import type { JobDocument, JsonObject } from '@daybook/jobs';
import type { CallOptions } from './call-options.ts';
import { JOBS_INDEX } from './indices.ts';
import { cursorOf, jobOrder } from './job-order.ts';
import { jobQuery } from './job-query.ts';
import type { JobPage, JobSearch } from './jobs-database.ts';
import { resolvePage } from './page.ts';

/** What lists leave out: it can be as long as the workflow made it. */
const LONG_FIELDS = ['merge', 'results', 'resources'] as const;

/** See `JobsDatabase.searchJobs`. */
export async function searchJobs(
  client: ElasticsearchClient,
  search: JobSearch,
  options: CallOptions = {},
): Promise<JobPage> {
  const { filter = {}, after, before } = search;
  const isPlaced = after !== undefined || before !== undefined;
  const { from, size } = resolvePage(search, 10);
  const found = await client.search<JobDocument>(
    JOBS_INDEX,
    {
      query: jobQuery(filter),
      ...jobOrder(search),
      // One more tells whether there are more: the total does not say where in them a place is.
      ...resolvePage({ from, size: isPlaced ? size + 1 : size }, size),
      _source: { excludes: LONG_FIELDS },
      track_total_hits: true,
    },
    options,
  );
  const isMore = isPlaced ? found.hits.length > size : from + found.hits.length < found.total;
  const shown = found.hits.slice(0, size);
  const hits = before === undefined ? shown : shown.reverse();
  const [first, last] = [hits[0], hits.at(-1)].map((hit) => hit && cursorOf(hit.sort, search));
  return {
    items: hits.flatMap(({ source }) => source ?? []),
    total: found.total,
    ...(last !== undefined && (isMore || before !== undefined) && { next: last }),
    ...(first !== undefined && (after !== undefined || (before !== undefined && isMore)) && { previous: first }),
  };
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
