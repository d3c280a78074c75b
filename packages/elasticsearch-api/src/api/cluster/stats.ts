import { diskStats, heapStats, memoryStats, osInfo, runtimeInfo } from '../../cluster/cluster-node.ts';
import { indexingPressure } from '../../cluster/idle-statistics.ts';
import { fileDescriptors } from '../../cluster/node-monitor.ts';
import { type Endpoint, endpoint } from '../../http/endpoint.ts';
import { segmentStats, sumStats } from '../../indices/index-totals.ts';
import { mappedFields } from '../../indices/mapped-fields.ts';
import { doubleJson } from '../../json/floating-point.ts';

/** Sizes and counts of the whole cluster. */
export const clusterStats: Endpoint = endpoint({
  routes: ['GET /_cluster/stats', 'GET /_cluster/stats/nodes/{node}'],
  parameters: { timeout: 'time', flat_settings: 'ignored', include_remotes: 'ignored' },
  handle: ({ engine }, context) => {
    const indices = engine.indices();
    const totals = sumStats(indices);
    const { length: shards } = indices;
    const [memory, heap, disk] = [memoryStats(), heapStats(), diskStats(context)];
    const os = osInfo();
    const { open: files } = fileDescriptors();
    const spread = shards === 0 ? 0 : 1;
    const each = { min: spread, max: spread, avg: doubleJson(spread) };
    const zero = doubleJson(0);
    const none = { min: zero, max: zero, avg: zero };
    return {
      body: {
        _nodes: { total: 1, successful: 1, failed: 0 },
        cluster_name: context.clusterName,
        cluster_uuid: context.clusterUuid,
        timestamp: Date.now(),
        status: 'green',
        indices: {
          count: shards,
          shards: {
            total: shards,
            primaries: shards,
            replication: zero,
            index: { shards: each, primaries: each, replication: none },
          },
          docs: { count: totals.docCount, deleted: totals.deletedDocCount },
          store: {
            size_in_bytes: totals.storeBytes,
            total_data_set_size_in_bytes: totals.storeBytes,
            reserved_in_bytes: 0,
          },
          fielddata: { memory_size_in_bytes: 0, evictions: 0 },
          query_cache: {
            memory_size_in_bytes: 0,
            total_count: 0,
            hit_count: 0,
            miss_count: 0,
            cache_size: 0,
            cache_count: 0,
            evictions: 0,
          },
          completion: { size_in_bytes: 0 },
          segments: segmentStats(totals),
          mappings: { field_types: fieldTypes(indices.map((index) => index.mappings())) },
          analysis: noAnalysis,
        },
        nodes: {
          count: { ...noNodes, total: 1, data: 1, ingest: 1, master: 1, remote_cluster_client: 1 },
          versions: [context.version],
          os: {
            available_processors: os.available_processors,
            allocated_processors: os.allocated_processors,
            names: [{ name: os.name, count: 1 }],
            pretty_names: [{ pretty_name: os.pretty_name, count: 1 }],
            architectures: [{ arch: os.arch, count: 1 }],
            mem: {
              total_in_bytes: memory.totalBytes,
              free_in_bytes: memory.freeBytes,
              used_in_bytes: memory.totalBytes - memory.freeBytes,
              free_percent: 100 - memory.usedPercent,
              used_percent: memory.usedPercent,
            },
          },
          process: {
            cpu: { percent: context.monitor.processorUse().processPercent },
            open_file_descriptors: { min: files, max: files, avg: files },
          },
          jvm: {
            max_uptime_in_millis: Date.now() - context.startTimeMs,
            versions: [{ ...runtimeInfo(), bundled_jdk: false, using_bundled_jdk: false, count: 1 }],
            mem: { heap_used_in_bytes: heap.usedBytes, heap_max_in_bytes: heap.maxBytes },
            threads: 1,
          },
          fs: {
            total_in_bytes: disk.totalBytes,
            free_in_bytes: disk.freeBytes,
            available_in_bytes: disk.availableBytes,
          },
          plugins: [],
          network_types: { transport_types: { http: 1 }, http_types: { http: 1 } },
          discovery_types: { 'single-node': 1 },
          packaging_types: [{ flavor: 'default', type: 'tar', count: 1 }],
          ingest: { number_of_pipelines: 0, processor_stats: {} },
          indexing_pressure: indexingPressure,
        },
      },
    };
  },
});

/** Roles that the one node has not; typed clients require a number of each. */
const noNodes = Object.fromEntries(
  'coordinating_only data_cold data_content data_frozen data_hot data_warm ml transform voting_only'
    .split(' ')
    .map((role) => [role, 0]),
);

/** Which analyzers the indices have is not counted. */
const noAnalysis = {
  char_filter_types: [],
  tokenizer_types: [],
  filter_types: [],
  analyzer_types: [],
  built_in_char_filters: [],
  built_in_tokenizers: [],
  built_in_filters: [],
  built_in_analyzers: [],
};

function fieldTypes(
  mappings: readonly Parameters<typeof mappedFields>[0][],
): readonly { readonly name: string; readonly count: number; readonly index_count: number }[] {
  const counts = new Map<string, { count: number; indices: Set<number> }>();
  mappings.forEach((mapping, position) => {
    for (const { type } of mappedFields(mapping)) {
      const entry = counts.get(type) ?? { count: 0, indices: new Set() };
      entry.count += 1;
      entry.indices.add(position);
      counts.set(type, entry);
    }
  });
  return [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, { count, indices }]) => ({ name, count, index_count: indices.size }));
}
