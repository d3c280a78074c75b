import { validationFailed } from '../errors/errors.ts';
import { type Endpoint, endpoint } from '../http/endpoint.ts';
import { parseTimeMs } from '../http/time-value.ts';
import { asTask } from '../search/as-task.ts';
import { checkScrollKeepAlive } from '../search/keep-alive.ts';
import { renderSearch } from '../search/render-search.ts';
import { parseScrollBody } from '../search/scroll-body.ts';
import { checkScrollId, searchContextMissing } from '../search/search-contexts.ts';

/** The next page of a scroll. */
export const scroll: Endpoint = endpoint({
  routes: [
    'GET /_search/scroll',
    'POST /_search/scroll',
    'GET /_search/scroll/{scroll_id}',
    'POST /_search/scroll/{scroll_id}',
  ],
  parameters: { scroll: 'time', scroll_id: 'string', rest_total_hits_as_int: 'boolean' },
  handle: async ({ engine, parts, parameters, body, typed, settings, caller }, context) => {
    const json = parseScrollBody(
      body,
      (name, value) => (name === 'scroll' || name === 'scroll_id') && typeof value === 'string',
    );
    const startedMs = performance.now();
    const id = json.scroll_id ?? parameters.scroll_id ?? parts.scroll_id;
    if (typeof id !== 'string') throw validationFailed('scrollId is missing');
    const keepAliveMs = typeof json.scroll === 'string' ? parseTimeMs(json.scroll, 'scroll') : parameters.scroll;
    checkScrollId(id);
    if (keepAliveMs !== undefined) checkScrollKeepAlive(keepAliveMs, settings);
    const open = context.scrolls.get(id, keepAliveMs);
    if (open === undefined) throw searchContextMissing(id);
    const describe = () => ({ action: 'indices:data/read/scroll', description: `scrollId[${id}]` });
    const page = await asTask(context, caller, describe, open.next);
    const totalHitsAsInteger = parameters.rest_total_hits_as_int ?? false;
    const options = { nodeId: context.nodeId, startedMs, typed, typedKeys: false, totalHitsAsInteger };
    const { request } = open.specification;
    // compat: aggregations stand in the first page alone.
    const specification = { ...open.specification, request: { ...request, aggregations: {} } };
    const answer = await engine.takeTurns(renderSearch(page, specification, options));
    return { body: { _scroll_id: id, ...answer } };
  },
});
