export { backOff } from './back-off.ts';
export type { BulkItem, BulkOperation } from './bulk.ts';
export type {
  CallOptions,
  ElasticsearchClient,
  ElasticsearchClientOptions,
  RawAnswer,
  RawRequest,
  Refresh,
  SourceOptions,
  StoredDocument,
  WriteOptions,
} from './client.ts';
export { createElasticsearchClient } from './create-client.ts';
export type { CountRequest, SearchAnswer, SearchHit, SearchRequest } from './search.ts';
export type { Source } from './source.ts';
