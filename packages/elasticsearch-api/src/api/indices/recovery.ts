import { type Endpoint, endpoint } from '../../http/endpoint.ts';
import { indicesOptions, indicesParameters } from '../../indices/indices-options.ts';
import { resolveIndices } from '../../indices/resolve-indices.ts';
import type { JsonTree } from '../../json/json.ts';

/** Every index is recovered before the server listens. */
export const recovery: Endpoint = endpoint({
  routes: ['GET /_recovery', 'GET /{index}/_recovery'],
  parameters: { ...indicesParameters, detailed: 'ignored', active_only: 'boolean' },
  handle: ({ engine, parts, parameters }, context) => {
    if (parameters.active_only) return { body: {} };
    const node = { id: context.nodeId, name: context.nodeName, host: context.address.host, ip: context.address.host };
    const entries = resolveIndices(engine, parts.index, indicesOptions(parameters)).map(
      ({ index }): [string, JsonTree] => {
        const bytes = index.stats().storeBytes;
        const size = { total_in_bytes: bytes, reused_in_bytes: bytes, recovered_in_bytes: 0, percent: '100.0%' };
        const shard = {
          id: 0,
          type: 'EXISTING_STORE',
          stage: 'DONE',
          primary: true,
          start_time_in_millis: context.startTimeMs,
          stop_time_in_millis: context.startTimeMs,
          total_time_in_millis: 0,
          source: {},
          target: node,
          index: { size, files: { total: 1, reused: 1, recovered: 0, percent: '100.0%' }, total_time_in_millis: 0 },
          translog: { recovered: 0, total: 0, percent: '100.0%', total_on_start: 0, total_time_in_millis: 0 },
          verify_index: { check_index_time_in_millis: 0, total_time_in_millis: 0 },
        };
        return [index.name, { shards: [shard] }];
      },
    );
    return { body: Object.fromEntries(entries) };
  },
});
