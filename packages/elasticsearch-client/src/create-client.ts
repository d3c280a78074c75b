import type { ElasticsearchClient, ElasticsearchClientOptions } from './client.ts';
import { documentCalls } from './document-calls.ts';
import { indexCalls } from './index-calls.ts';
import { searchCalls } from './search-calls.ts';
import { createTransport } from './transport.ts';

/** A client of the database at `options.url`. Nothing is sent before the first call; 'invalid-argument' for a bad URL. */
export function createElasticsearchClient(options: ElasticsearchClientOptions): ElasticsearchClient {
  const transport = createTransport(options);
  return {
    url: options.url,
    request: transport.send,
    close: transport.close,
    ...documentCalls(transport),
    ...searchCalls(transport),
    ...indexCalls(transport),
  };
}
