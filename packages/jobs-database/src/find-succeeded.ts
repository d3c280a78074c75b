import type { ElasticsearchClient } from '@daybook/elasticsearch-client';
import type { CallOptions } from './call-options.ts';
import { JOBS_INDEX } from './indices.ts';
import type { SucceededSearch } from './jobs-database.ts';

interface HashBucket {
  readonly key: string;
  readonly latest: { readonly hits: { readonly hits: readonly { readonly _id: string }[] } };
}

/** See `JobsDatabase.findSucceeded`. */
export async function findSucceeded(
  client: ElasticsearchClient,
  { processId, processVersion, inputsHashes, submittedFrom }: SucceededSearch,
  options?: CallOptions,
): Promise<ReadonlyMap<string, string>> {
  if (inputsHashes.length === 0) return new Map();
  const latest = { top_hits: { size: 1, _source: false, sort: [{ 'stop-time': { order: 'desc' } }] } };
  const found = await client.search(
    JOBS_INDEX,
    {
      query: {
        bool: {
          filter: [
            { terms: { 'inputs-hash': inputsHashes } },
            { term: { state: 'successful' } },
            { term: { 'process-id': processId } },
            ...(processVersion === undefined ? [] : [{ term: { 'process-version': processVersion } }]),
            ...(submittedFrom === undefined ? [] : [{ range: { 'submit-time': { gte: submittedFrom } } }]),
          ],
          must_not: [{ exists: { field: 'removed-time' } }],
        },
      },
      size: 0,
      aggs: { hashes: { terms: { field: 'inputs-hash', size: inputsHashes.length }, aggs: { latest } } },
    },
    options,
  );
  // An index that is missing has no aggregations.
  const hashes = found.aggregations?.hashes as { readonly buckets: readonly HashBucket[] } | undefined;
  return new Map((hashes?.buckets ?? []).map(({ key, latest: { hits } }) => [key, hits.hits[0]!._id]));
}
