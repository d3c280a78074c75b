import { repositoryMissing } from '../../errors/errors.ts';
import { type Endpoint, endpoint } from '../../http/endpoint.ts';

/** No snapshot runs; one that is named is in a repository that is missing. */
export const snapshotStatus: Endpoint = endpoint({
  routes: [
    'GET /_snapshot/_status',
    'GET /_snapshot/{repository}/_status',
    'GET /_snapshot/{repository}/{snapshot}/_status',
  ],
  parameters: { master_timeout: 'time', ignore_unavailable: 'boolean' },
  handle: ({ parts }) => {
    if (parts.snapshot !== undefined) throw repositoryMissing(parts.repository ?? '');
    return { body: { snapshots: [] } };
  },
});
