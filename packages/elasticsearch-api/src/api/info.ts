import { type Endpoint, endpoint } from '../http/endpoint.ts';

/** What clients read first: which product this is, and which version it speaks. */
export const info: Endpoint = endpoint({
  routes: ['GET /', 'HEAD /'],
  parameters: {},
  handle: (_request, context) => ({
    body: {
      name: context.nodeName,
      cluster_name: context.clusterName,
      cluster_uuid: context.clusterUuid,
      version: {
        number: context.version,
        build_flavor: 'default',
        build_type: 'tar',
        build_hash: '747e1cc71def077253878a59143c1f785afa92b9',
        build_date: '2021-01-13T00:42:12.435326Z',
        build_snapshot: false,
        lucene_version: '8.11.3',
        minimum_wire_compatibility_version: '6.8.0',
        minimum_index_compatibility_version: '6.0.0-beta1',
      },
      tagline: 'You Know, for Search',
    },
  }),
});
