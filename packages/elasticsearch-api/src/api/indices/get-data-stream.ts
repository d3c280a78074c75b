import { indexNotFound } from '../../errors/errors.ts';
import { type Endpoint, endpoint } from '../../http/endpoint.ts';
import { hasWildcard } from '../../wildcards/wildcard.ts';

/** There are none; a name is answered as missing, which is how clients find that out. */
export const getDataStream: Endpoint = endpoint({
  routes: ['GET /_data_stream', 'GET /_data_stream/{name}'],
  parameters: { expand_wildcards: 'ignored', include_defaults: 'ignored', verbose: 'ignored', master_timeout: 'time' },
  handle: ({ parts }) => {
    if (parts.name !== undefined && !hasWildcard(parts.name)) throw indexNotFound(parts.name);
    return { body: { data_streams: [] } };
  },
});
