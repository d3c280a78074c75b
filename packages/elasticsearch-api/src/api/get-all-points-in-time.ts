import { type Endpoint, endpoint } from '../http/endpoint.ts';

/** OpenSearch's list of the points in time that are open. */
export const getAllPointsInTime: Endpoint = endpoint({
  routes: ['GET /_search/point_in_time/_all'],
  parameters: {},
  handle: (_request, context) => ({
    body: {
      pits: context.pointsInTime
        .list()
        .map(({ id, keepAliveMs, openedAtMs }) => ({ pit_id: id, creation_time: openedAtMs, keep_alive: keepAliveMs })),
    },
  }),
});
