import type { ApiContext } from '../../api-context.ts';
import { publishAddress } from '../../cluster/cluster-node.ts';
import { type Endpoint, endpoint } from '../../http/endpoint.ts';
import { indicesOptions, indicesParameters } from '../../indices/indices-options.ts';
import { resolveIndices } from '../../indices/resolve-indices.ts';
import { type ShardRecovery, shardRecovery } from '../../indices/shard-recovery.ts';
import { renderTable, tableParameters } from '../../tables/render-table.ts';
import type { Cell, Column } from '../../tables/table.ts';

interface Row {
  readonly index: string;
  readonly recovery: ShardRecovery;
  readonly context: ApiContext;
}

function column(names: string, description: string, value: (row: Row) => Cell, hidden = false): Column<Row> {
  const [name = '', ...aliases] = names.split(',');
  return { name, aliases, description, hidden, value };
}

const time = ({ recovery }: Row): string => new Date(recovery.startTimeMs).toISOString();
const bytes = ({ recovery }: Row): number => recovery.bytes;
const files = ({ recovery }: Row): number => (recovery.bytes > 0 ? 1 : 0);
const percent = ({ recovery }: Row): string => (recovery.bytes > 0 ? '100.0%' : '0.0%');

const columns: readonly Column<Row>[] = [
  column('index,i,idx', 'index name', (row) => row.index),
  column('shard,s,sh', 'shard name', () => 0),
  column('start_time,start', 'recovery start time', time, true),
  column(
    'start_time_millis,start_millis',
    'recovery start time in epoch milliseconds',
    (row) => row.recovery.startTimeMs,
    true,
  ),
  column('stop_time,stop', 'recovery stop time', time, true),
  column(
    'stop_time_millis,stop_millis',
    'recovery stop time in epoch milliseconds',
    (row) => row.recovery.startTimeMs,
    true,
  ),
  column('time,t,ti', 'recovery time', () => '0ms'),
  column('type,ty', 'recovery type', (row) => row.recovery.type.toLowerCase()),
  column('stage,st', 'recovery stage', () => 'done'),
  column('source_host,shost', 'source host', () => 'n/a'),
  column('source_node,snode', 'source node name', () => 'n/a'),
  column('target_host,thost', 'target host', (row) => publishAddress(row.context).host),
  column('target_node,tnode', 'target node name', (row) => row.context.nodeName),
  column('repository,rep', 'repository', () => 'n/a'),
  column('snapshot,snap', 'snapshot', () => 'n/a'),
  column('files,f', 'number of files to recover', () => 0),
  column('files_recovered,fr', 'files recovered', () => 0),
  column('files_percent,fp', 'percent of files recovered', percent),
  column('files_total,tf', 'total number of files', files),
  column('bytes,b', 'number of bytes to recover', () => 0),
  column('bytes_recovered,br', 'bytes recovered', () => 0),
  column('bytes_percent,bp', 'percent of bytes recovered', percent),
  column('bytes_total,tb', 'total number of bytes', bytes),
  column('translog_ops,to', 'number of translog ops to recover', () => 0),
  column('translog_ops_recovered,tor', 'translog ops recovered', () => 0),
  column('translog_ops_percent,top', 'percent of translog ops recovered', () => '100.0%'),
];

/** How each index came to be: all are recovered. */
export const catRecovery: Endpoint = endpoint({
  routes: ['GET /_cat/recovery', 'GET /_cat/recovery/{index}'],
  parameters: {
    ...tableParameters,
    ...indicesParameters,
    active_only: 'boolean',
    detailed: 'ignored',
    index: 'string',
  },
  handle: ({ engine, parts, parameters, wantsText }, context) => {
    const indices = parameters.active_only
      ? []
      : resolveIndices(
          engine,
          parts.index ?? parameters.index,
          indicesOptions('metadata_read', parameters, { expandClosed: true }),
        );
    const rows = indices.map(({ index }) => {
      const recovery = shardRecovery(index, context.startTimeMs);
      return { index: index.name, recovery, context };
    });
    return renderTable({ columns, rows }, { parameters, wantsText });
  },
});
