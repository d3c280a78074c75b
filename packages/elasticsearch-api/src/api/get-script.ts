import { type Endpoint, endpoint } from '../http/endpoint.ts';

/** There are no stored scripts: none is found. */
export const getScript: Endpoint = endpoint({
  routes: ['GET /_scripts/{id}'],
  parameters: { master_timeout: 'time' },
  handle: ({ parts }) => ({ status: 404, body: { _id: parts.id, found: false } }),
});
