import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import type { ApiContext } from '../../api-context.ts';
import { httpAddress, publishAddress } from '../../cluster/cluster-node.ts';
import { isNodeNamed } from '../../cluster/one-node.ts';
import { illegalArgument } from '../../errors/errors.ts';
import { type Endpoint, endpoint } from '../../http/endpoint.ts';

const paths = ['/_nodes', '/_cluster/nodes'].flatMap((nodes) => [
  `${nodes}/hot_threads`,
  `${nodes}/{node}/hot_threads`,
]);
const defaultIntervalMs = 500;
/** A request is not held longer. */
const maxIntervalMs = 60_000;

/** What the one thread was doing for a while, in percent of it, and the tasks that run. Of a kind of time that there is not, nothing is told. */
export const hotThreads: Endpoint = endpoint({
  routes: [...paths, ...paths.map((path) => path.replace('hot_threads', 'hotthreads'))].map((path) => `GET ${path}`),
  parameters: {
    interval: 'time',
    threads: 'integer',
    type: 'string',
    ignore_idle_threads: 'boolean',
    snapshots: 'integer',
    timeout: 'time',
  },
  handle: async ({ parts, parameters }, context) => {
    const { interval: intervalMs = defaultIntervalMs, threads = 3, type = 'cpu' } = parameters;
    if (intervalMs > maxIntervalMs) {
      throw illegalArgument(`[interval] takes at most [${maxIntervalMs}ms], was [${intervalMs}ms]`);
    }
    const isAsked = parts.node === undefined || isNodeNamed(context, parts.node);
    if (!isAsked || !['cpu', 'wait', 'block'].includes(type)) return { body: null, text: '' };
    const before = performance.eventLoopUtilization();
    const startedMs = performance.now();
    await delay(intervalMs);
    const tookMs = performance.now() - startedMs;
    const { active, idle } = performance.eventLoopUtilization(before);
    const spentMs = { cpu: active, wait: idle, block: 0 }[type as 'cpu' | 'wait' | 'block'];
    const isShown = threads > 0 && (active > 0 || parameters.ignore_idle_threads === false);
    const usage = isShown ? [describeUsage(context, { type, spentMs, tookMs })] : [];
    const ignoresIdle = parameters.ignore_idle_threads ?? true;
    const lines = [
      `::: ${describeNode(context)}`,
      `   Hot threads at ${new Date().toISOString()}, interval=${intervalMs}ms, busiestThreads=${threads}, ignoreIdleThreads=${ignoresIdle}:`,
      '   ',
      ...usage,
      '',
    ];
    return { body: null, text: `${lines.join('\n')}\n` };
  },
});

function describeNode(context: ApiContext): string {
  const { nodeName, nodeId, ephemeralId } = context;
  return [nodeName, nodeId, ephemeralId, publishAddress(context).host, httpAddress(context), 'dimr']
    .map((part) => `{${part}}`)
    .join('');
}

function describeUsage(
  { nodeName, tasks }: ApiContext,
  { type, spentMs, tookMs }: { readonly type: string; readonly spentMs: number; readonly tookMs: number },
): string {
  const percent = Math.min(100, (spentMs / tookMs) * 100).toFixed(1);
  const running = tasks.running().map(({ id, action, description }) => `       task ${id} ${action} ${description}`);
  return [
    `   ${percent.padStart(5)}% (${spentMs.toFixed(1)}ms out of ${Math.round(tookMs)}ms) ${type} usage by thread '${nodeName}'`,
    `     ${running.length} tasks`,
    ...running,
  ].join('\n');
}
