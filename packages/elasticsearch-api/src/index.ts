export { createElasticsearchApi, type ElasticsearchApi } from './elasticsearch-api.ts';
export type { ElasticsearchApiOptions, LogEntry } from './options.ts';
