import type { ApiContext } from '../../api-context.ts';
import { publishAddress } from '../../cluster/cluster-node.ts';
import { threadPools } from '../../cluster/thread-pools.ts';
import { type Endpoint, endpoint } from '../../http/endpoint.ts';
import { renderTable, tableParameters } from '../../tables/render-table.ts';
import type { Column } from '../../tables/table.ts';
import { matchesPattern } from '../../wildcards/wildcard.ts';

interface Row {
  readonly name: string;
  readonly type: string;
  readonly context: ApiContext;
}

/** A number that is 0, of the pools whose type is told by this word. */
function count(name: string, alias: string, description: string, hidden: boolean, type = ''): Column<Row> {
  const value = (row: Row) => (row.type.startsWith(type) ? 0 : undefined);
  return { name, aliases: [alias], description, hidden, align: 'right', value };
}

const columns: readonly Column<Row>[] = [
  { name: 'node_name', aliases: ['nn'], description: 'node name', value: ({ context }) => context.nodeName },
  {
    name: 'node_id',
    aliases: ['id'],
    description: 'persistent node id',
    hidden: true,
    value: (row) => row.context.nodeId,
  },
  {
    name: 'ephemeral_node_id',
    aliases: ['eid'],
    description: 'ephemeral node id',
    hidden: true,
    value: (row) => row.context.ephemeralId,
  },
  { name: 'pid', aliases: ['p'], description: 'process id', hidden: true, value: () => process.pid },
  {
    name: 'host',
    aliases: ['h'],
    description: 'host name',
    hidden: true,
    value: (row) => publishAddress(row.context).host,
  },
  {
    name: 'ip',
    aliases: ['i'],
    description: 'ip address',
    hidden: true,
    value: (row) => publishAddress(row.context).host,
  },
  {
    name: 'port',
    aliases: ['po'],
    description: 'bound transport port',
    hidden: true,
    value: (row) => publishAddress(row.context).port,
  },
  { name: 'name', aliases: ['n'], description: 'thread pool name', value: (row) => row.name },
  { name: 'type', aliases: ['t'], description: 'thread pool type', hidden: true, value: (row) => row.type },
  count('active', 'a', 'number of active threads', false),
  count('pool_size', 'psz', 'number of threads', true),
  count('queue', 'q', 'number of tasks currently in queue', false),
  count('queue_size', 'qs', 'maximum number of tasks permitted in queue', true),
  count('rejected', 'r', 'number of rejected tasks', false),
  count('largest', 'l', 'highest number of seen active threads', true),
  count('completed', 'c', 'number of completed tasks', true),
  count('core', 'cr', 'core number of threads in a scaling thread pool', true, 'scaling'),
  count('max', 'mx', 'maximum number of threads in a scaling thread pool', true, 'scaling'),
  count('size', 'sz', 'number of threads in a fixed thread pool', true, 'fixed'),
  {
    name: 'keep_alive',
    aliases: ['ka'],
    description: 'thread keep alive time',
    hidden: true,
    value: () => undefined,
  },
];

/** A row for each pool that is named, with zeros. */
export const catThreadPool: Endpoint = endpoint({
  routes: ['GET /_cat/thread_pool', 'GET /_cat/thread_pool/{pools}'],
  parameters: tableParameters,
  handle: ({ parts, parameters, wantsText }, context) => {
    const patterns = (parts.pools ?? '*').split(',');
    const rows = threadPools
      .filter(([name]) => patterns.some((pattern) => matchesPattern(pattern, name)))
      .map(([name, type]) => ({ name, type, context }));
    return renderTable({ columns, rows }, { parameters, wantsText });
  },
});
