import { type Endpoint, endpoint } from '../http/endpoint.ts';

/** Things that this server has none of, where clients list them without being asked. */
export const emptyCollections: readonly Endpoint[] = [
  endpoint({
    routes: ['GET /_snapshot', 'GET /_snapshot/_all'],
    parameters: { local: 'ignored', master_timeout: 'time' },
    handle: () => ({ body: {} }),
  }),
  endpoint({
    routes: ['GET /_ingest/pipeline'],
    parameters: { master_timeout: 'time', summary: 'ignored' },
    handle: () => ({ body: {} }),
  }),
];
