import { type Endpoint, endpoint } from '../http/endpoint.ts';

/** Log shippers ask whether there is a licence that is active before they write. */
export const license: Endpoint = endpoint({
  routes: ['GET /_license', 'GET /_xpack/license'],
  parameters: { local: 'ignored', accept_enterprise: 'ignored' },
  handle: (_request, context) => ({
    body: {
      license: {
        status: 'active',
        uid: context.clusterUuid,
        type: 'basic',
        issue_date: new Date(context.startTimeMs).toISOString(),
        issue_date_in_millis: context.startTimeMs,
        max_nodes: 1000,
        issued_to: context.clusterName,
        issuer: context.clusterName,
        start_date_in_millis: -1,
      },
    },
  }),
});
