import type { ApiContext } from '../../api-context.ts';
import {
  diskStats,
  heapStats,
  httpAddress,
  loadAverages,
  memoryStats,
  publishAddress,
} from '../../cluster/cluster-node.ts';
import { fileDescriptors } from '../../cluster/node-monitor.ts';
import { type Endpoint, endpoint } from '../../http/endpoint.ts';
import { renderStats } from '../../indices/index-totals.ts';
import { once } from '../../tables/once.ts';
import { renderTable, tableParameters } from '../../tables/render-table.ts';
import { statisticsColumns } from '../../tables/statistics-columns.ts';
import type { Column } from '../../tables/table.ts';

interface Row {
  readonly context: ApiContext;
  readonly fullId: boolean;
  readonly disk: () => ReturnType<typeof diskStats>;
  readonly statistics: () => ReturnType<typeof renderStats>;
}

const columns: readonly Column<Row>[] = [
  {
    name: 'id',
    aliases: ['nodeId'],
    description: 'unique node id',
    hidden: true,
    value: ({ context, fullId }) => (fullId ? context.nodeId : context.nodeId.slice(0, 4)),
  },
  { name: 'pid', aliases: ['p'], description: 'process id', hidden: true, value: () => process.pid },
  { name: 'ip', aliases: ['i'], description: 'ip address', value: ({ context }) => publishAddress(context).host },
  {
    name: 'port',
    aliases: ['po'],
    description: 'bound transport port',
    hidden: true,
    value: ({ context }) => context.address.port,
  },
  {
    name: 'http_address',
    aliases: ['http'],
    description: 'bound http address',
    hidden: true,
    value: ({ context }) => httpAddress(context),
  },
  { name: 'version', aliases: ['v'], description: 'es version', hidden: true, value: ({ context }) => context.version },
  { name: 'jdk', aliases: ['j'], description: 'runtime version', hidden: true, value: () => process.version },
  {
    name: 'disk.total',
    aliases: ['dt', 'diskTotal'],
    description: 'total disk space',
    align: 'right',
    hidden: true,
    value: ({ disk }) => ({ bytes: disk().totalBytes }),
  },
  {
    name: 'disk.used',
    aliases: ['du', 'diskUsed'],
    description: 'used disk space',
    align: 'right',
    hidden: true,
    value: ({ disk }) => ({ bytes: disk().usedBytes }),
  },
  {
    name: 'disk.avail',
    aliases: ['d', 'da', 'disk', 'diskAvail'],
    description: 'available disk space',
    align: 'right',
    hidden: true,
    value: ({ disk }) => ({ bytes: disk().availableBytes }),
  },
  {
    name: 'disk.used_percent',
    aliases: ['dup', 'diskUsedPercent'],
    description: 'used disk space percentage',
    align: 'right',
    hidden: true,
    value: ({ disk }) => ((disk().usedBytes / disk().totalBytes) * 100).toFixed(2),
  },
  {
    name: 'heap.current',
    aliases: ['hc', 'heapCurrent'],
    description: 'used heap',
    align: 'right',
    hidden: true,
    value: () => ({ bytes: heapStats().usedBytes }),
  },
  {
    name: 'heap.percent',
    aliases: ['hp', 'heapPercent'],
    description: 'used heap ratio',
    align: 'right',
    value: () => heapStats().percent,
  },
  {
    name: 'heap.max',
    aliases: ['hm', 'heapMax'],
    description: 'max configured heap',
    align: 'right',
    hidden: true,
    value: () => ({ bytes: heapStats().maxBytes }),
  },
  {
    name: 'ram.current',
    aliases: ['rc', 'ramCurrent'],
    description: 'used machine memory',
    align: 'right',
    hidden: true,
    value: () => ({ bytes: memoryStats().totalBytes - memoryStats().freeBytes }),
  },
  {
    name: 'ram.percent',
    aliases: ['rp', 'ramPercent'],
    description: 'used machine memory ratio',
    align: 'right',
    value: () => memoryStats().usedPercent,
  },
  {
    name: 'ram.max',
    aliases: ['rm', 'ramMax'],
    description: 'total machine memory',
    align: 'right',
    hidden: true,
    value: () => ({ bytes: memoryStats().totalBytes }),
  },
  fileColumn('file_desc.current', ['fdc', 'fileDescriptorCurrent'], 'open files', ({ open }) => open),
  fileColumn(
    'file_desc.percent',
    ['fdp', 'fileDescriptorPercent'],
    'open files of those that may be',
    ({ open, max }) => Math.floor((open / max) * 100),
  ),
  fileColumn('file_desc.max', ['fdm', 'fileDescriptorMax'], 'files that may be open', ({ max }) => max),
  {
    name: 'cpu',
    description: 'recent cpu usage',
    align: 'right',
    value: ({ context }) => context.monitor.processorUse().machinePercent,
  },
  { name: 'load_1m', aliases: ['l'], description: '1m load avg', align: 'right', value: () => load(0) },
  { name: 'load_5m', aliases: ['l'], description: '5m load avg', align: 'right', value: () => load(1) },
  { name: 'load_15m', aliases: ['l'], description: '15m load avg', align: 'right', value: () => load(2) },
  {
    name: 'uptime',
    aliases: ['u'],
    description: 'node uptime',
    hidden: true,
    value: ({ context }) => ({ ms: Date.now() - context.startTimeMs }),
  },
  {
    name: 'node.role',
    aliases: ['r', 'role', 'nodeRole'],
    description: 'm:master eligible node, d:data node, i:ingest node, -:coordinating node only',
    value: () => 'dimr',
  },
  { name: 'master', aliases: ['m', 'cluster_manager'], description: '*:current master', value: () => '*' },
  { name: 'name', aliases: ['n'], description: 'node name', value: ({ context }) => context.nodeName },
  ...statisticsColumns('nodes', (row: Row) => row.statistics()),
];

function fileColumn(
  name: string,
  aliases: readonly string[],
  description: string,
  value: (files: ReturnType<typeof fileDescriptors>) => number,
): Column<Row> {
  return { name, aliases, description, align: 'right', hidden: true, value: () => value(fileDescriptors()) };
}

/** The one node. */
export const catNodes: Endpoint = endpoint({
  routes: ['GET /_cat/nodes'],
  parameters: { ...tableParameters, full_id: 'boolean', include_unloaded_segments: 'ignored' },
  handle: ({ engine, parameters, wantsText }, context) => {
    const statistics = once(() => renderStats(engine.indices(), undefined));
    const disk = once(() => diskStats(context));
    const rows = [{ context, fullId: parameters.full_id ?? false, disk, statistics }];
    return renderTable({ columns, rows }, { parameters, wantsText });
  },
});

function load(position: number): string {
  return (loadAverages()[position] ?? 0).toFixed(2);
}
