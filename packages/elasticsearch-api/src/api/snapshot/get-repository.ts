import { repositoryMissing } from '../../errors/errors.ts';
import { type Endpoint, endpoint } from '../../http/endpoint.ts';
import { hasWildcard } from '../../wildcards/wildcard.ts';

/** There are none; one that is named is missing. */
export const getRepository: Endpoint = endpoint({
  routes: ['GET /_snapshot', 'GET /_snapshot/{repository}', 'GET /_snapshot/{repository}/{snapshot}'],
  parameters: { local: 'ignored', master_timeout: 'time', ignore_unavailable: 'ignored', verbose: 'ignored' },
  handle: ({ parts }) => {
    const name = parts.repository ?? '_all';
    if (name === '_all' || hasWildcard(name)) return { body: {} };
    throw repositoryMissing(name);
  },
});
