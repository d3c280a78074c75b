import { repositoryMissing, validationFailed } from '../../errors/errors.ts';
import { type Endpoint, endpoint } from '../../http/endpoint.ts';
import { tableParameters } from '../../tables/render-table.ts';

/** There is no repository whose snapshots could be listed. */
export const catSnapshots: Endpoint = endpoint({
  routes: ['GET /_cat/snapshots', 'GET /_cat/snapshots/{repository}'],
  parameters: { ...tableParameters, ignore_unavailable: 'boolean' },
  handle: ({ parts }) => {
    throw parts.repository === undefined
      ? validationFailed('repository is missing')
      : repositoryMissing(parts.repository);
  },
});
