import type { ApiContext } from '../../api-context.ts';
import { heapStats, httpAddress, httpInfo, nodeIdentity, osInfo, runtimeInfo } from '../../cluster/cluster-node.ts';
import { answerOfNodes } from '../../cluster/one-node.ts';
import { type Endpoint, endpoint } from '../../http/endpoint.ts';
import type { JsonTree } from '../../json/json.ts';

const metrics: ReadonlySet<string> = new Set(
  'settings os process jvm thread_pool transport http plugins ingest aggregations indices _all'.split(' '),
);

/** What the one node is. A path may name nodes, metrics, or both. */
export const nodesInfo: Endpoint = endpoint({
  routes: ['GET /_nodes', 'GET /_nodes/{node}', 'GET /_nodes/{node}/{metric}'],
  parameters: { timeout: 'time', flat_settings: 'boolean' },
  handle: ({ parts, parameters }, context) => {
    const isMetrics = parts.metric === undefined && parts.node?.split(',').every((name) => metrics.has(name)) === true;
    const wanted = new Set(((isMetrics ? parts.node : parts.metric) ?? '_all').split(','));
    const wants = (metric: string): boolean => wanted.has('_all') || wanted.has(metric);
    const node = {
      ...nodeIdentity(context),
      version: context.version,
      build_flavor: 'default',
      build_type: 'tar',
      build_hash: 'unknown',
      settings: wants('settings') ? settingsOf(context, parameters.flat_settings ?? false) : undefined,
      os: wants('os') ? { refresh_interval_in_millis: 1000, ...osInfo() } : undefined,
      process: wants('process') ? { refresh_interval_in_millis: 1000, id: process.pid, mlockall: false } : undefined,
      jvm: wants('jvm')
        ? {
            pid: process.pid,
            ...runtimeInfo(),
            start_time_in_millis: context.startTimeMs,
            start_time: new Date(context.startTimeMs).toISOString(),
            bundled_jdk: false,
            using_bundled_jdk: false,
            using_compressed_ordinary_object_pointers: 'false',
            mem: {
              heap_init_in_bytes: 0,
              heap_max_in_bytes: heapStats().maxBytes,
              non_heap_init_in_bytes: 0,
              non_heap_max_in_bytes: 0,
              direct_max_in_bytes: 0,
            },
            gc_collectors: [],
            memory_pools: [],
            input_arguments: [],
          }
        : undefined,
      thread_pool: wants('thread_pool') ? {} : undefined,
      transport: wants('transport')
        ? { bound_address: [httpAddress(context)], publish_address: httpAddress(context), profiles: {} }
        : undefined,
      http: wants('http') ? httpInfo(context) : undefined,
      plugins: wants('plugins') ? [] : undefined,
      modules: wants('plugins') ? [] : undefined,
      ingest: wants('ingest') ? { processors: [] } : undefined,
      aggregations: wants('aggregations') ? {} : undefined,
      attributes: {},
      total_indexing_buffer: 0,
    };
    return { body: answerOfNodes(context, isMetrics ? undefined : parts.node, node) };
  },
});

/** What is set of the node before it starts. */
function settingsOf({ clusterName, nodeName }: ApiContext, isFlat: boolean): JsonTree {
  if (isFlat) {
    return {
      'cluster.name': clusterName,
      'cluster.election.strategy': 'supports_voting_only',
      'node.name': nodeName,
      'path.home': '',
      'path.logs': '',
      'client.type': 'node',
      'http.type': 'http',
      'http.type.default': 'http',
      'transport.type': 'http',
      'transport.type.default': 'http',
    };
  }
  return {
    cluster: { name: clusterName, election: { strategy: 'supports_voting_only' } },
    node: { name: nodeName, attr: {} },
    path: { home: '', logs: '' },
    client: { type: 'node' },
    http: { type: 'http', 'type.default': 'http' },
    transport: { type: 'http', 'type.default': 'http' },
  };
}
