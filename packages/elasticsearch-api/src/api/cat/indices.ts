import type { Index, IndexStats } from '@daybook/search-engine';
import { illegalArgument } from '../../errors/errors.ts';
import { type Endpoint, endpoint } from '../../http/endpoint.ts';
import { isClosed } from '../../indices/closed-indices.ts';
import { renderStats } from '../../indices/index-totals.ts';
import { indicesOptions, indicesParameters } from '../../indices/indices-options.ts';
import { resolveIndices } from '../../indices/resolve-indices.ts';
import { settingOf } from '../../indices/settings.ts';
import { once } from '../../tables/once.ts';
import { renderTable, tableParameters } from '../../tables/render-table.ts';
import { statisticsColumns } from '../../tables/statistics-columns.ts';
import type { Column } from '../../tables/table.ts';

interface Row {
  readonly index: Index;
  readonly stats: IndexStats;
  readonly closed: boolean;
  readonly statistics: () => ReturnType<typeof renderStats>;
}

const statistics = statisticsColumns('indices', (row: Row) => (row.closed ? undefined : row.statistics()));

const memory: Omit<Column<Row>, 'name'> = {
  description: 'total used memory',
  align: 'right',
  hidden: true,
  value: (row) => (row.closed ? undefined : { bytes: row.stats.memoryBytes }),
};

const columns: readonly Column<Row>[] = [
  { name: 'health', aliases: ['h'], description: 'current health status', value: () => 'green' },
  { name: 'status', aliases: ['s'], description: 'open/close status', value: (row) => (row.closed ? 'close' : 'open') },
  { name: 'index', aliases: ['i', 'idx'], description: 'index name', value: (row) => row.index.name },
  { name: 'uuid', aliases: ['id', 'uuid'], description: 'index uuid', value: (row) => row.index.uuid },
  {
    name: 'pri',
    aliases: ['p', 'shards.primary', 'shardsPrimary'],
    description: 'number of primary shards',
    align: 'right',
    value: (row) => String(settingOf(row.index, 'number_of_shards') ?? 1),
  },
  {
    name: 'rep',
    aliases: ['r', 'shards.replica', 'shardsReplica'],
    description: 'number of replica shards',
    align: 'right',
    value: (row) => String(settingOf(row.index, 'number_of_replicas') ?? 0),
  },
  {
    name: 'docs.count',
    aliases: ['dc', 'docsCount'],
    description: 'available docs',
    align: 'right',
    value: (row) => (row.closed ? undefined : row.index.docCount()),
  },
  {
    name: 'docs.deleted',
    aliases: ['dd', 'docsDeleted'],
    description: 'deleted docs',
    align: 'right',
    value: (row) => (row.closed ? undefined : row.stats.deletedDocCount),
  },
  {
    name: 'creation.date',
    aliases: ['cd'],
    description: 'index creation date (millisecond value)',
    hidden: true,
    value: (row) => row.index.creationTimeMs,
  },
  {
    name: 'creation.date.string',
    aliases: ['cds'],
    description: 'index creation date (as string)',
    hidden: true,
    value: (row) => new Date(row.index.creationTimeMs).toISOString(),
  },
  {
    name: 'store.size',
    aliases: ['ss', 'storeSize'],
    description: 'store size of primaries & replicas',
    align: 'right',
    value: (row) => (row.closed ? undefined : { bytes: row.stats.storeBytes }),
  },
  {
    name: 'pri.store.size',
    description: 'store size of primaries',
    align: 'right',
    value: (row) => (row.closed ? undefined : { bytes: row.stats.storeBytes }),
  },
  ...statistics.flatMap((column) => [column, { ...column, name: `pri.${column.name}`, aliases: [] }]),
  { ...memory, name: 'memory.total', aliases: ['tm', 'memoryTotal'] },
  { ...memory, name: 'pri.memory.total' },
  {
    name: 'search.throttled',
    aliases: ['sth'],
    description: 'whether searches pass it over',
    hidden: true,
    value: () => 'false',
  },
];

/** A row for each index, closed ones too. */
export const catIndices: Endpoint = endpoint({
  routes: ['GET /_cat/indices', 'GET /_cat/indices/{index}'],
  parameters: {
    ...tableParameters,
    ...indicesParameters,
    index: 'string',
    health: 'string',
    pri: 'ignored',
    include_unloaded_segments: 'ignored',
  },
  handle: ({ engine, parts, parameters, wantsText }) => {
    const expression = parts.index ?? parameters.index;
    const options = indicesOptions('metadata_read', parameters, { expandClosed: true });
    const rows = resolveIndices(engine, expression, options)
      .map(({ index }) => ({
        index,
        stats: index.stats(),
        closed: isClosed(engine, index.name),
        statistics: once(() => renderStats([index], undefined)),
      }))
      .filter(() => isGreen(parameters.health));
    return renderTable({ columns, rows }, { parameters, wantsText });
  },
});

/** Whether the health that is asked for is the one that every index has. */
function isGreen(health: string | undefined): boolean {
  if (health === undefined || /^green$/i.test(health)) return true;
  if (/^(yellow|red)$/i.test(health)) return false;
  throw illegalArgument(`unknown cluster health status [${health}]`);
}
