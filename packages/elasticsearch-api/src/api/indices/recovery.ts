import { httpAddress, publishAddress } from '../../cluster/cluster-node.ts';
import { type Endpoint, endpoint } from '../../http/endpoint.ts';
import { indicesOptions, indicesParameters } from '../../indices/indices-options.ts';
import { resolveIndices } from '../../indices/resolve-indices.ts';
import { shardRecovery } from '../../indices/shard-recovery.ts';
import type { JsonTree } from '../../json/json.ts';

/** Every index is recovered before the server listens. */
export const recovery: Endpoint = endpoint({
  routes: ['GET /_recovery', 'GET /{index}/_recovery'],
  parameters: { ...indicesParameters, detailed: 'boolean', active_only: 'boolean', human: 'boolean' },
  handle: ({ engine, parts, parameters }, context) => {
    if (parameters.active_only) return { body: {} };
    const { host } = publishAddress(context);
    const { nodeId: id, nodeName: name } = context;
    const node = { id, host, transport_address: httpAddress(context), ip: host, name };
    const entries = resolveIndices(
      engine,
      parts.index,
      indicesOptions('metadata_read', parameters, { expandClosed: true }),
    ).map(({ index }): [string, JsonTree] => {
      const { type, startTimeMs, bytes } = shardRecovery(index, context.startTimeMs);
      const percent = bytes > 0 ? '100.0%' : '0.0%';
      const count = bytes > 0 ? 1 : 0;
      const size = { total_in_bytes: bytes, reused_in_bytes: bytes, recovered_in_bytes: 0, percent };
      const shard = {
        id: 0,
        type,
        stage: 'DONE',
        primary: true,
        start_time: parameters.human ? new Date(startTimeMs).toISOString() : undefined,
        start_time_in_millis: startTimeMs,
        stop_time: parameters.human ? new Date(startTimeMs).toISOString() : undefined,
        stop_time_in_millis: startTimeMs,
        total_time_in_millis: 0,
        source: {},
        target: node,
        index: {
          size,
          files: {
            total: count,
            reused: count,
            recovered: 0,
            percent,
            // Files are read as a whole when they are wanted; none is copied.
            details: parameters.detailed ? [] : undefined,
          },
          total_time_in_millis: 0,
          source_throttle_time_in_millis: 0,
          target_throttle_time_in_millis: 0,
        },
        translog: { recovered: 0, total: 0, percent: '100.0%', total_on_start: 0, total_time_in_millis: 0 },
        verify_index: { check_index_time_in_millis: 0, total_time_in_millis: 0 },
      };
      return [index.name, { shards: [shard] }];
    });
    return { body: Object.fromEntries(entries) };
  },
});
