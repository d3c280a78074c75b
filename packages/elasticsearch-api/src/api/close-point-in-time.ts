import { type Endpoint, endpoint } from '../http/endpoint.ts';
import { parseJsonBody } from '../json/parse-json.ts';
import { checkPointInTimeId } from '../search/search-contexts.ts';

/** Closes what one of both APIs opened. */
export const closePointInTime: Endpoint = endpoint({
  routes: ['DELETE /_pit', 'DELETE /_search/point_in_time', 'DELETE /_search/point_in_time/_all'],
  parameters: {},
  handle: ({ body, path }, context) => {
    const json = parseJsonBody(body) ?? {};
    const given = json.pit_id ?? json.id ?? [];
    const ids = (Array.isArray(given) ? given : [given]).map(String);
    ids.forEach(checkPointInTimeId);
    const closed = path.endsWith('/_all')
      ? context.pointsInTime.closeAll()
      : ids.filter((id) => context.pointsInTime.close(id));
    if (!path.includes('/_search/')) {
      return {
        status: closed.length > 0 ? 200 : 404,
        body: { succeeded: closed.length > 0, num_freed: closed.length },
      };
    }
    // compat: OpenSearch says of one that is not open any more that it was closed.
    const named = path.endsWith('/_all') ? closed : ids;
    return { body: { pits: named.map((id) => ({ pit_id: id, successful: true })) } };
  },
});
