import { type Endpoint, endpoint } from '../../http/endpoint.ts';

/** There are no remote clusters. */
export const remoteInfo: Endpoint = endpoint({
  routes: ['GET /_remote/info'],
  parameters: {},
  handle: () => ({ body: {} }),
});
