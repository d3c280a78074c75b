import { type Endpoint, endpoint } from '../../http/endpoint.ts';
import { renderTable, tableParameters } from '../../tables/render-table.ts';
import type { Column } from '../../tables/table.ts';

interface Row {
  readonly nowMs: number;
  readonly cluster: string;
  readonly shards: number;
}

const columns: readonly Column<Row>[] = [
  {
    name: 'epoch',
    aliases: ['t', 'time'],
    description: 'seconds since 1970-01-01 00:00:00',
    value: (row) => Math.floor(row.nowMs / 1000),
  },
  {
    name: 'timestamp',
    aliases: ['ts', 'hms', 'hhmmss'],
    description: 'time in HH:MM:SS',
    value: (row) => new Date(row.nowMs).toISOString().slice(11, 19),
  },
  { name: 'cluster', aliases: ['cl'], description: 'cluster name', value: (row) => row.cluster },
  { name: 'status', aliases: ['st'], description: 'health status', value: () => 'green' },
  {
    name: 'node.total',
    aliases: ['nt', 'nodeTotal'],
    description: 'total number of nodes',
    align: 'right',
    value: () => 1,
  },
  {
    name: 'node.data',
    aliases: ['nd', 'nodeData'],
    description: 'number of nodes that can store data',
    align: 'right',
    value: () => 1,
  },
  {
    name: 'shards',
    aliases: ['sh', 'shards.total', 'shardsTotal'],
    description: 'total number of shards',
    align: 'right',
    value: (row) => row.shards,
  },
  {
    name: 'pri',
    aliases: ['p', 'shards.primary', 'shardsPrimary'],
    description: 'number of primary shards',
    align: 'right',
    value: (row) => row.shards,
  },
  {
    name: 'relo',
    aliases: ['r', 'shards.relocating', 'shardsRelocating'],
    description: 'number of relocating nodes',
    align: 'right',
    value: () => 0,
  },
  {
    name: 'init',
    aliases: ['i', 'shards.initializing', 'shardsInitializing'],
    description: 'number of initializing nodes',
    align: 'right',
    value: () => 0,
  },
  {
    name: 'unassign',
    aliases: ['u', 'shards.unassigned', 'shardsUnassigned'],
    description: 'number of unassigned shards',
    align: 'right',
    value: () => 0,
  },
  {
    name: 'pending_tasks',
    aliases: ['pt', 'pendingTasks'],
    description: 'number of pending tasks',
    align: 'right',
    value: () => 0,
  },
  {
    name: 'max_task_wait_time',
    aliases: ['mtwt', 'maxTaskWaitTime'],
    description: 'wait time of longest task pending',
    align: 'right',
    value: () => '-',
  },
  {
    name: 'active_shards_percent',
    aliases: ['asp', 'activeShardsPercent'],
    description: 'active number of shards in percent',
    align: 'right',
    value: () => '100.0%',
  },
];

/** What `ts=false` leaves out. */
const times: ReadonlySet<string> = new Set(['epoch', 'timestamp']);

/** The health of the cluster. */
export const catHealth: Endpoint = endpoint({
  routes: ['GET /_cat/health'],
  parameters: { ...tableParameters, ts: 'boolean' },
  handle: ({ engine, parameters, wantsText }, context) => {
    const rows = [{ nowMs: Date.now(), cluster: context.clusterName, shards: engine.indices().length }];
    const shown = parameters.ts === false ? columns.filter(({ name }) => !times.has(name)) : columns;
    return renderTable({ columns: shown, rows }, { parameters, wantsText });
  },
});
