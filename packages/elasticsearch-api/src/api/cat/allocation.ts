import type { ApiContext } from '../../api-context.ts';
import { diskStats, publishAddress } from '../../cluster/cluster-node.ts';
import { type Endpoint, endpoint } from '../../http/endpoint.ts';
import { sumStats } from '../../indices/index-totals.ts';
import { renderTable, tableParameters } from '../../tables/render-table.ts';
import type { Column } from '../../tables/table.ts';

interface Row {
  readonly context: ApiContext;
  readonly shards: number;
  readonly storeBytes: number;
  readonly totalBytes: number;
  readonly availableBytes: number;
  readonly usedBytes: number;
}

const columns: readonly Column<Row>[] = [
  {
    name: 'shards',
    aliases: ['s'],
    description: 'number of shards on node',
    align: 'right',
    value: (row) => row.shards,
  },
  {
    name: 'disk.indices',
    aliases: ['di', 'diskIndices'],
    description: 'disk used by ES indices',
    align: 'right',
    value: (row) => ({ bytes: row.storeBytes }),
  },
  {
    name: 'disk.used',
    aliases: ['du', 'diskUsed'],
    description: 'disk used (total, not just ES)',
    align: 'right',
    value: (row) => ({ bytes: row.usedBytes }),
  },
  {
    name: 'disk.avail',
    aliases: ['da', 'diskAvail'],
    description: 'disk available',
    align: 'right',
    value: (row) => ({ bytes: row.availableBytes }),
  },
  {
    name: 'disk.total',
    aliases: ['dt', 'diskTotal'],
    description: 'total capacity of all volumes',
    align: 'right',
    value: (row) => ({ bytes: row.totalBytes }),
  },
  {
    name: 'disk.percent',
    aliases: ['dp', 'diskPercent'],
    description: 'percent disk used',
    align: 'right',
    value: (row) => Math.round((row.usedBytes / row.totalBytes) * 100),
  },
  { name: 'host', aliases: ['h'], description: 'host of node', value: (row) => publishAddress(row.context).host },
  { name: 'ip', description: 'ip of node', value: (row) => publishAddress(row.context).host },
  { name: 'node', aliases: ['n'], description: 'name of node', value: (row) => row.context.nodeName },
];

/** The disk of the one node. */
export const catAllocation: Endpoint = endpoint({
  routes: ['GET /_cat/allocation', 'GET /_cat/allocation/{node}'],
  parameters: tableParameters,
  handle: ({ engine, parameters, wantsText }, context) => {
    const indices = engine.indices();
    const { storeBytes } = sumStats(indices);
    const rows = [{ context, shards: indices.length, storeBytes, ...diskStats(context) }];
    return renderTable({ columns, rows }, { parameters, wantsText });
  },
});
