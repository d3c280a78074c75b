import type { Index } from '@daybook/search-engine';
import type { ApiContext } from '../../api-context.ts';
import { publishAddress } from '../../cluster/cluster-node.ts';
import { type Endpoint, endpoint } from '../../http/endpoint.ts';
import { renderStats } from '../../indices/index-totals.ts';
import { indicesOptions } from '../../indices/indices-options.ts';
import { resolveIndices } from '../../indices/resolve-indices.ts';
import { once } from '../../tables/once.ts';
import { renderTable, tableParameters } from '../../tables/render-table.ts';
import { statisticsColumns } from '../../tables/statistics-columns.ts';
import type { Column } from '../../tables/table.ts';

interface Row {
  readonly index: Index;
  readonly context: ApiContext;
  readonly statistics: () => ReturnType<typeof renderStats>;
}

const columns: readonly Column<Row>[] = [
  { name: 'index', aliases: ['i', 'idx'], description: 'index name', value: (row) => row.index.name },
  { name: 'shard', aliases: ['s', 'sh'], description: 'shard name', value: () => 0 },
  { name: 'prirep', aliases: ['p', 'pr', 'primaryOrReplica'], description: 'primary or replica', value: () => 'p' },
  { name: 'state', aliases: ['st'], description: 'shard state', value: () => 'STARTED' },
  {
    name: 'docs',
    aliases: ['d', 'dc'],
    description: 'number of docs in shard',
    align: 'right',
    value: (row) => row.index.docCount(),
  },
  {
    name: 'store',
    aliases: ['sto'],
    description: 'store size of shard',
    align: 'right',
    value: (row) => ({ bytes: row.index.stats().storeBytes }),
  },
  { name: 'ip', description: 'ip of node where it lives', value: (row) => publishAddress(row.context).host },
  { name: 'id', description: 'unique id of node where it lives', hidden: true, value: (row) => row.context.nodeId },
  { name: 'node', aliases: ['n'], description: 'name of node where it lives', value: (row) => row.context.nodeName },
  ...statisticsColumns('shards', (row: Row) => row.statistics()),
  sequenceNumber('seq_no.max', ['sqm', 'maxSeqNo'], 'highest sequence number'),
  sequenceNumber('seq_no.local_checkpoint', ['sql', 'localCheckpoint'], 'highest sequence number without a gap'),
  sequenceNumber('seq_no.global_checkpoint', ['sqg', 'globalCheckpoint'], 'the same of all copies'),
];

/** There is one copy, so it is as far as all others. */
function sequenceNumber(name: string, aliases: readonly string[], description: string): Column<Row> {
  const value = (row: Row): number => row.index.stats().maxSeqNo;
  return { name, aliases, description, align: 'right', hidden: true, value };
}

/** A row for each index, which is one shard. */
export const catShards: Endpoint = endpoint({
  routes: ['GET /_cat/shards', 'GET /_cat/shards/{index}'],
  parameters: tableParameters,
  handle: ({ engine, parts, parameters, wantsText }, context) => {
    const options = indicesOptions('metadata_read', {}, { forbidClosed: true });
    const rows = resolveIndices(engine, parts.index, options).map(({ index }) => ({
      index,
      context,
      statistics: once(() => renderStats([index], undefined)),
    }));
    return renderTable({ columns, rows }, { parameters, wantsText });
  },
});
