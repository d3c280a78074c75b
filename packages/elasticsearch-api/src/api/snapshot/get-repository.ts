import { type Endpoint, endpoint } from '../../http/endpoint.ts';

/** There are none. */
export const getRepository: Endpoint = endpoint({
  routes: ['GET /_snapshot', 'GET /_snapshot/_all'],
  parameters: { local: 'ignored', master_timeout: 'time' },
  handle: () => ({ body: {} }),
});
