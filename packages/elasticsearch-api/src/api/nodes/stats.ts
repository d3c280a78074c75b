import { diskStats, heapStats, loadAverages, memoryStats, nodeIdentity } from '../../cluster/cluster-node.ts';
import { type Endpoint, endpoint } from '../../http/endpoint.ts';
import { renderTotals, sumStats } from '../../indices/index-totals.ts';

/** How the one node is; counters that nothing keeps are zero, since typed clients require each. */
export const nodesStats: Endpoint = endpoint({
  routes: [
    'GET /_nodes/stats',
    'GET /_nodes/stats/{metric}',
    'GET /_nodes/stats/{metric}/{index_metric}',
    'GET /_nodes/{node}/stats',
    'GET /_nodes/{node}/stats/{metric}',
  ],
  parameters: {
    timeout: 'time',
    level: 'ignored',
    types: 'ignored',
    groups: 'ignored',
    fields: 'ignored',
    completion_fields: 'ignored',
    fielddata_fields: 'ignored',
    include_segment_file_sizes: 'ignored',
    include_unloaded_segments: 'ignored',
  },
  handle: ({ engine }, context) => {
    const [memory, heap, disk, loads] = [memoryStats(), heapStats(), diskStats(), loadAverages()];
    const { user, system } = process.cpuUsage();
    const node = {
      timestamp: Date.now(),
      ...nodeIdentity(context),
      indices: renderTotals(sumStats(engine.indices())),
      os: {
        timestamp: Date.now(),
        cpu: { percent: 0, load_average: { '1m': loads[0], '5m': loads[1], '15m': loads[2] } },
        mem: {
          total_in_bytes: memory.totalBytes,
          free_in_bytes: memory.freeBytes,
          used_in_bytes: memory.totalBytes - memory.freeBytes,
          free_percent: 100 - memory.usedPercent,
          used_percent: memory.usedPercent,
        },
        swap: { total_in_bytes: 0, free_in_bytes: 0, used_in_bytes: 0 },
      },
      process: {
        timestamp: Date.now(),
        open_file_descriptors: 0,
        max_file_descriptors: 0,
        cpu: { percent: 0, total_in_millis: Math.round((user + system) / 1000) },
        mem: { total_virtual_in_bytes: process.memoryUsage.rss() },
      },
      jvm: {
        timestamp: Date.now(),
        uptime_in_millis: Date.now() - context.startTimeMs,
        mem: {
          heap_used_in_bytes: heap.usedBytes,
          heap_used_percent: heap.percent,
          heap_committed_in_bytes: heap.maxBytes,
          heap_max_in_bytes: heap.maxBytes,
          non_heap_used_in_bytes: 0,
          non_heap_committed_in_bytes: 0,
          pools: {},
        },
        threads: { count: 1, peak_count: 1 },
        gc: { collectors: {} },
        buffer_pools: {},
        classes: { current_loaded_count: 0, total_loaded_count: 0, total_unloaded_count: 0 },
      },
      thread_pool: {},
      fs: {
        timestamp: Date.now(),
        total: {
          total_in_bytes: disk.totalBytes,
          free_in_bytes: disk.freeBytes,
          available_in_bytes: disk.freeBytes,
        },
        data: [],
      },
      transport: {
        server_open: 0,
        rx_count: 0,
        rx_size_in_bytes: 0,
        tx_count: 0,
        tx_size_in_bytes: 0,
      },
      http: { current_open: 0, total_opened: 0, clients: [], routes: {} },
      breakers: {},
    };
    return {
      body: {
        _nodes: { total: 1, successful: 1, failed: 0 },
        cluster_name: context.clusterName,
        nodes: { [context.nodeId]: node },
      },
    };
  },
});
