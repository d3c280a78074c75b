import type { ApiResponse } from '../http/endpoint.ts';

/** What an API answers that goes to every shard and has nothing to say of any. */
export function shardsAnswer(count: number): ApiResponse {
  return { body: { _shards: { total: count, successful: count, failed: 0 } } };
}
