import type { Index } from '@daybook/search-engine';
import { illegalArgument } from '../../errors/errors.ts';
import { type Endpoint, endpoint } from '../../http/endpoint.ts';
import { renderStats } from '../../indices/index-totals.ts';
import { indicesOptions, indicesParameters } from '../../indices/indices-options.ts';
import { renderIndices } from '../../indices/render-indices.ts';
import { resolveIndices } from '../../indices/resolve-indices.ts';
import { metricFilter } from '../../indices/stats-metrics.ts';
import type { JsonTree } from '../../json/json.ts';

/** Sizes and counts of indices, one by one and in all. */
export const indicesStats: Endpoint = endpoint({
  routes: ['GET /_stats', 'GET /_stats/{metric}', 'GET /{index}/_stats', 'GET /{index}/_stats/{metric}'],
  parameters: {
    ...indicesParameters,
    level: 'string',
    groups: 'list',
    fields: 'ignored',
    fielddata_fields: 'ignored',
    completion_fields: 'ignored',
    include_segment_file_sizes: 'ignored',
    include_unloaded_segments: 'ignored',
    forbid_closed_indices: 'boolean',
    types: 'ignored',
  },
  handle: async ({ engine, parts, parameters }, context) => {
    const level = parameters.level ?? 'indices';
    if (!['cluster', 'indices', 'shards'].includes(level)) {
      throw illegalArgument(`level parameter must be one of [cluster] or [indices] or [shards] but was [${level}]`);
    }
    const prefix = parts.index === undefined ? '' : `/${parts.index}`;
    const choose = metricFilter(parts.metric, `${prefix}/_stats/${parts.metric}`);
    const { forbid_closed_indices: forbidClosed = true } = parameters;
    const options = indicesOptions('metadata_read', parameters, { forbidClosed });
    const indices = resolveIndices(engine, parts.index, options).map(({ index }) => index);
    // Of one moment: an index may be deleted while each is told of.
    const all = choose(renderStats(indices, parameters.groups));
    const rendered = await renderIndices(engine, level === 'cluster' ? [] : indices, (index) => {
      const stats = choose(renderStats([index], parameters.groups));
      const routing = { state: 'STARTED', primary: true, node: context.nodeId, relocating_node: null };
      const shards = level === 'shards' ? { '0': [{ routing, ...stats, ...shardDetails(index) }] } : undefined;
      return { uuid: index.uuid, primaries: stats, total: stats, shards };
    });
    const { length } = indices;
    return {
      body: {
        _shards: { total: length, successful: length, failed: 0 },
        _all: { primaries: all, total: all },
        indices: level === 'cluster' ? undefined : rendered,
      },
    };
  },
});

/** What is told of a shard besides its counts. There is one copy, so it is as far as all others. */
function shardDetails(index: Index): { readonly [name: string]: JsonTree } {
  const { docCount, maxSeqNo } = index.stats();
  return {
    commit: { id: index.uuid, generation: 1, user_data: {}, num_docs: docCount },
    seq_no: { max_seq_no: maxSeqNo, local_checkpoint: maxSeqNo, global_checkpoint: maxSeqNo },
  };
}
