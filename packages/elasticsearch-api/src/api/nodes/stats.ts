import type { Engine } from '@daybook/search-engine';
import { diskStats, heapStats, loadAverages, memoryStats, nodeIdentity } from '../../cluster/cluster-node.ts';
import { fileStoreOf } from '../../cluster/file-store.ts';
import { discoveryStats, indexingPressure } from '../../cluster/idle-statistics.ts';
import { type Collections, fileDescriptors } from '../../cluster/node-monitor.ts';
import { answerOfNodes } from '../../cluster/one-node.ts';
import { threadPoolStats } from '../../cluster/thread-pools.ts';
import { illegalArgument } from '../../errors/errors.ts';
import { type Endpoint, endpoint } from '../../http/endpoint.ts';
import { renderStats } from '../../indices/index-totals.ts';
import { indexMetricFilter, memberFilter } from '../../indices/stats-metrics.ts';
import { doubleJson } from '../../json/floating-point.ts';
import type { JsonTree } from '../../json/json.ts';

/** The metrics of a node, by the names that a path gives them. */
const memberByMetric: ReadonlyMap<string, string> = new Map([
  ...['indices', 'os', 'process', 'jvm', 'thread_pool', 'fs', 'transport', 'http', 'script', 'discovery', 'ingest'].map(
    (name): [string, string] => [name, name],
  ),
  ...['adaptive_selection', 'script_cache', 'indexing_pressure'].map((name): [string, string] => [name, name]),
  ['breaker', 'breakers'],
]);

/** How the one node is; counters that nothing keeps are zero, since typed clients require each. */
export const nodesStats: Endpoint = endpoint({
  routes: [
    'GET /_nodes/stats',
    'GET /_nodes/stats/{metric}',
    'GET /_nodes/stats/{metric}/{index_metric}',
    'GET /_nodes/{node}/stats',
    'GET /_nodes/{node}/stats/{metric}',
    'GET /_nodes/{node}/stats/{metric}/{index_metric}',
  ],
  parameters: {
    timeout: 'time',
    level: 'string',
    types: 'ignored',
    groups: 'list',
    fields: 'ignored',
    completion_fields: 'ignored',
    fielddata_fields: 'ignored',
    include_segment_file_sizes: 'ignored',
    include_unloaded_segments: 'ignored',
  },
  handle: ({ engine, parts, parameters, path }, context) => {
    const { level = 'node' } = parameters;
    if (!['indices', 'node', 'shards'].includes(level)) {
      throw illegalArgument(`level parameter must be one of [indices] or [node] or [shards] but was [${level}]`);
    }
    const { metric, index_metric: indexMetric } = parts;
    const names = metric?.split(',') ?? ['_all'];
    if (names.length > 1 && names.includes('_all')) {
      throw illegalArgument(`request [${path}] contains _all and individual metrics [${metric}]`);
    }
    if (indexMetric !== undefined && !names.includes('indices') && !names.includes('_all')) {
      throw illegalArgument(
        `request [${path}] contains index metrics [${indexMetric}] but indices stats not requested`,
      );
    }
    const wantsIndices = names.includes('indices') || names.includes('_all');
    const choose = memberFilter(metric, memberByMetric, path, 'metric');
    const chooseOfIndices = indexMetricFilter(indexMetric, path);
    const [memory, heap, disk, loads] = [memoryStats(), heapStats(), diskStats(context), loadAverages()];
    const { user, system } = process.cpuUsage();
    const { machinePercent, processPercent } = context.monitor.processorUse();
    const { young, old } = context.monitor.collections;
    const { open: openConnections, opened } = context.monitor.connections;
    const files = fileDescriptors();
    const buffers = process.memoryUsage().arrayBuffers;
    const space = {
      total_in_bytes: disk.totalBytes,
      free_in_bytes: disk.freeBytes,
      available_in_bytes: disk.availableBytes,
    };
    const metrics = {
      // To count what is not shown would cost as much as there are indices.
      indices: wantsIndices ? indicesOf(engine, chooseOfIndices, { level, groups: parameters.groups }) : undefined,
      os: {
        timestamp: Date.now(),
        cpu: {
          percent: machinePercent,
          load_average: { '1m': doubleJson(loads[0]), '5m': doubleJson(loads[1]), '15m': doubleJson(loads[2]) },
        },
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
        open_file_descriptors: files.open,
        max_file_descriptors: files.max,
        cpu: { percent: processPercent, total_in_millis: Math.round((user + system) / 1000) },
        mem: { total_virtual_in_bytes: process.memoryUsage.rss() },
      },
      jvm: {
        timestamp: Date.now(),
        uptime_in_millis: Date.now() - context.startTimeMs,
        mem: {
          heap_used_in_bytes: heap.usedBytes,
          heap_used_percent: heap.percent,
          heap_committed_in_bytes: heap.committedBytes,
          heap_max_in_bytes: heap.maxBytes,
          non_heap_used_in_bytes: 0,
          non_heap_committed_in_bytes: 0,
          pools: {},
        },
        threads: { count: 1, peak_count: 1 },
        gc: { collectors: { young: renderCollections(young), old: renderCollections(old) } },
        buffer_pools: { direct: { count: 0, used_in_bytes: buffers, total_capacity_in_bytes: buffers } },
        classes: { current_loaded_count: 0, total_loaded_count: 0, total_unloaded_count: 0 },
      },
      thread_pool: threadPoolStats,
      fs: {
        timestamp: Date.now(),
        total: space,
        data: [{ path: engine.directory, ...fileStoreOf(engine.directory), ...space }],
      },
      transport: {
        server_open: 0,
        total_outbound_connections: 0,
        rx_count: 0,
        rx_size_in_bytes: 0,
        tx_count: 0,
        tx_size_in_bytes: 0,
      },
      http: { current_open: openConnections, total_opened: opened, clients: [], routes: {} },
      breakers: {},
      discovery: discoveryStats,
      indexing_pressure: indexingPressure,
    };
    const node = { timestamp: Date.now(), ...nodeIdentity(context), ...choose(metrics) };
    return { body: answerOfNodes(context, parts.node, node) };
  },
});

function renderCollections({ count, tookMs }: Collections): JsonTree {
  return { collection_count: count, collection_time_in_millis: Math.round(tookMs) };
}

type Choice = ReturnType<typeof indexMetricFilter>;

/** Of all indices together, and where it is asked for of each beside that. */
function indicesOf(
  engine: Engine,
  choose: Choice,
  { level, groups }: { readonly level: string; readonly groups: readonly string[] | undefined },
): JsonTree {
  const indices = engine.indices();
  const all = choose(renderStats(indices, groups));
  if (level === 'node') return all;
  const entries = indices.map((index): [string, JsonTree] => {
    const stats = choose(renderStats([index], groups));
    return [index.name, level === 'indices' ? stats : [{ '0': stats }]];
  });
  return { ...all, [level]: Object.fromEntries(entries) };
}
