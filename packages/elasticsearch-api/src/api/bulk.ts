import { checkPipeline } from '../documents/check-pipeline.ts';
import { performBulk } from '../documents/perform-bulk.ts';
import { type Endpoint, endpoint } from '../http/endpoint.ts';
import { bodyRequired } from '../json/parse-json.ts';
import { sourceFilterOfParameters, sourceParameters } from '../search/parse-source-filter.ts';

/** Writes many documents; each has its own outcome. */
export const bulk: Endpoint = endpoint({
  routes: ['POST /_bulk', 'PUT /_bulk', 'POST /{index}/_bulk', 'PUT /{index}/_bulk', 'POST /{index}/_doc/_bulk'],
  parameters: {
    ...sourceParameters,
    refresh: 'refresh',
    require_alias: 'boolean',
    routing: 'string',
    timeout: 'time',
    wait_for_active_shards: 'activeShards',
    pipeline: 'string',
    type: 'ignored',
  },
  refusedWhereReadOnly: true,
  handle: async ({ engine, parts, parameters, body, typed, settings }, context) => {
    checkPipeline(parameters.pipeline);
    if (body.byteLength === 0) throw bodyRequired();
    const startedMs = performance.now();
    const { errors, items } = await performBulk(engine, body, {
      defaultIndex: parts.index,
      autoCreateIndex: settings.autoCreateIndex,
      requireAlias: parameters.require_alias ?? false,
      routing: parameters.routing,
      source: sourceFilterOfParameters(parameters),
      typed,
      forcedRefresh: parameters.refresh === 'true',
      log: (error) => context.log({ level: 'error', message: 'bulk action failed', error }),
    });
    return { body: { took: Math.round(performance.now() - startedMs), errors, items } };
  },
});
