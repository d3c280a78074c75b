import type { ElasticsearchClient } from './client.ts';
import type { SearchAnswer, SearchHit, SearchRequest } from './search.ts';
import { memberOf } from './status-error.ts';
import type { Transport } from './transport.ts';

type SearchCalls = Pick<ElasticsearchClient, 'search' | 'count' | 'refresh' | 'deleteByQuery'>;

/** The calls on whole indices' documents. */
export function searchCalls(transport: Transport): SearchCalls {
  return {
    async search<T>(index: string, request: SearchRequest, options: Parameters<SearchCalls['search']>[2] = {}) {
      const answer = await transport.send({
        ...options,
        method: 'POST',
        path: `/${encodeURIComponent(index)}/_search`,
        query: { ignore_unavailable: true },
        body: { json: request },
        idempotent: true,
      });
      return searchAnswer<T>(answer.body);
    },

    async count(index, request = {}, options = {}) {
      const answer = await transport.send({
        ...options,
        method: 'POST',
        path: `/${encodeURIComponent(index)}/_count`,
        query: { ignore_unavailable: true },
        body: { json: request },
        idempotent: true,
      });
      return memberOf(answer.body, 'count') as number;
    },

    async refresh(index, options = {}) {
      await transport.send({
        ...options,
        method: 'POST',
        path: `/${encodeURIComponent(index)}/_refresh`,
        idempotent: true,
      });
    },

    async deleteByQuery(index, query, options = {}) {
      const answer = await transport.send({
        ...options,
        method: 'POST',
        path: `/${encodeURIComponent(index)}/_delete_by_query`,
        query: { conflicts: 'proceed', refresh: true },
        body: { json: { query } },
        idempotent: true,
      });
      return memberOf(answer.body, 'deleted') as number;
    },
  };
}

function searchAnswer<T>(body: unknown): SearchAnswer<T> {
  const hits = memberOf(body, 'hits');
  const found = memberOf(hits, 'hits') as readonly unknown[];
  return {
    total: memberOf(memberOf(hits, 'total'), 'value') as number,
    hits: found.map(
      (hit): SearchHit<T> => ({
        id: memberOf(hit, '_id') as string,
        source: memberOf(hit, '_source') as T | undefined,
        sort: memberOf(hit, 'sort') as readonly unknown[] | undefined,
      }),
    ),
    aggregations: memberOf(body, 'aggregations') as Readonly<Record<string, unknown>> | undefined,
  };
}
