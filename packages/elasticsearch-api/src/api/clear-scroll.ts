import { validationFailed } from '../errors/errors.ts';
import { type Endpoint, endpoint } from '../http/endpoint.ts';
import { parseScrollBody } from '../search/scroll-body.ts';
import { checkScrollId } from '../search/search-contexts.ts';

/** Closes scrolls; 404 when there was none. */
export const clearScroll: Endpoint = endpoint({
  routes: ['DELETE /_search/scroll', 'DELETE /_search/scroll/{scroll_id}'],
  parameters: { scroll_id: 'list' },
  handle: ({ parts, parameters, body }, context) => {
    const json = parseScrollBody(body, (name) => name === 'scroll_id');
    const given = json.scroll_id ?? parameters.scroll_id ?? parts.scroll_id?.split(',') ?? [];
    const ids = (Array.isArray(given) ? given : [given]).map(String);
    if (ids.length === 0) throw validationFailed('no scroll ids specified');
    const all = ids.includes('_all');
    if (!all) ids.forEach(checkScrollId);
    const closed = all ? context.scrolls.closeAll() : ids.filter((id) => context.scrolls.close(id));
    const freed = closed.length;
    return { status: freed > 0 || all ? 200 : 404, body: { succeeded: true, num_freed: freed } };
  },
});
