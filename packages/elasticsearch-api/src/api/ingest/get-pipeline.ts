import { type Endpoint, endpoint } from '../../http/endpoint.ts';
import { hasWildcard } from '../../wildcards/wildcard.ts';

/** There are none; one that is named is missing. */
export const getPipeline: Endpoint = endpoint({
  routes: ['GET /_ingest/pipeline', 'GET /_ingest/pipeline/{id}'],
  parameters: { master_timeout: 'time', summary: 'ignored' },
  handle: ({ parts }) => ({ status: parts.id === undefined || hasWildcard(parts.id) ? 200 : 404, body: {} }),
});
