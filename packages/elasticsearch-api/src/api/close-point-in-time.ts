import { type Endpoint, endpoint } from '../http/endpoint.ts';
import type { JsonTree } from '../json/json.ts';
import { parseJsonBody } from '../json/parse-json.ts';

/** Closes what one of both APIs opened. */
export const closePointInTime: Endpoint = endpoint({
  routes: ['DELETE /_pit', 'DELETE /_search/point_in_time', 'DELETE /_search/point_in_time/_all'],
  parameters: {},
  handle: ({ body, path }, context) => {
    const json = parseJsonBody(body) ?? {};
    const given = json.pit_id ?? json.id ?? [];
    const ids = (Array.isArray(given) ? given : [given]).map(String);
    const closed = path.endsWith('/_all')
      ? context.pointsInTime.closeAll()
      : ids.filter((id) => context.pointsInTime.close(id)).length;
    if (path.includes('/_search/')) {
      const pits: JsonTree[] = ids.map((id) => ({ pit_id: id, successful: true }));
      return { body: { pits } };
    }
    return { status: closed > 0 ? 200 : 404, body: { succeeded: closed > 0, num_freed: closed } };
  },
});
