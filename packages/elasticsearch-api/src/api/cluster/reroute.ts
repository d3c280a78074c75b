import { contentParseError, unsupported } from '../../errors/errors.ts';
import { type Endpoint, endpoint } from '../../http/endpoint.ts';
import { timeoutParameters } from '../../indices/indices-options.ts';
import { parseJsonBody } from '../../json/parse-json.ts';
import { stateOf } from './state.ts';

const usualMetrics = ['version', 'master_node', 'blocks', 'nodes', 'routing_table', 'routing_nodes'];

/** There is one place for a shard, so nothing is routed anew, and commands that would are refused. */
export const reroute: Endpoint = endpoint({
  routes: ['POST /_cluster/reroute'],
  parameters: {
    ...timeoutParameters,
    dry_run: 'boolean',
    explain: 'boolean',
    retry_failed: 'boolean',
    metric: 'list',
  },
  refusedWhereReadOnly: true,
  handle: async ({ engine, body, parameters }, context) => {
    for (const [name, value] of Object.entries(parseJsonBody(body) ?? {})) {
      if (name !== 'commands' && name !== 'dry_run')
        throw contentParseError(`[cluster_reroute] unknown field [${name}]`);
      if (Array.isArray(value) && value.length > 0) throw unsupported('[commands] of [_cluster/reroute]');
    }
    const explanations = parameters.explain ? [] : undefined;
    const state = await stateOf(engine, context, engine.indices(), new Set(parameters.metric ?? usualMetrics));
    return { body: { acknowledged: true, state, explanations } };
  },
});
