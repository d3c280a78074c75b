import { type Endpoint, endpoint } from '../../http/endpoint.ts';

/** There are none. */
export const getPipeline: Endpoint = endpoint({
  routes: ['GET /_ingest/pipeline'],
  parameters: { master_timeout: 'time', summary: 'ignored' },
  handle: () => ({ body: {} }),
});
