import type { ElasticsearchClient } from '@daybook/elasticsearch-client';
import type { CallOptions } from './call-options.ts';
import { JOBS_INDEX } from './indices.ts';
import type { SelectedJobs, SelectionPage } from './jobs-database.ts';

/** See `JobsDatabase.selectJobs`. */
export async function selectJobs(
  client: ElasticsearchClient,
  query: unknown,
  { after, limit }: SelectionPage,
  options?: CallOptions,
): Promise<SelectedJobs> {
  const found = await client.search(
    JOBS_INDEX,
    {
      // What has no id could not be told where to go on from.
      query: { bool: { filter: [query, { exists: { field: 'id' } }] } },
      sort: [{ id: { order: 'asc' } }],
      size: limit,
      _source: false,
      ...(after !== undefined && { search_after: [after] }),
    },
    options,
  );
  const last = found.hits.at(-1)?.sort?.[0];
  return {
    ids: found.hits.map(({ id }) => id),
    ...(found.hits.length === limit && typeof last === 'string' && { next: last }),
  };
}

/** See `JobsDatabase.countJobs`. */
export function countJobs(client: ElasticsearchClient, query: unknown, options?: CallOptions): Promise<number> {
  return client.count(JOBS_INDEX, { query: { bool: { filter: [query, { exists: { field: 'id' } }] } } }, options);
}
