import type { ApiContext } from '../../api-context.ts';
import { publishAddress } from '../../cluster/cluster-node.ts';
import { type Endpoint, endpoint } from '../../http/endpoint.ts';
import { renderTable, tableParameters } from '../../tables/render-table.ts';
import type { Column } from '../../tables/table.ts';

const columns: readonly Column<ApiContext>[] = [
  { name: 'id', description: 'node id', value: (context) => context.nodeId },
  { name: 'host', aliases: ['h'], description: 'host name', value: (context) => publishAddress(context).host },
  { name: 'ip', description: 'ip address', value: (context) => publishAddress(context).host },
  { name: 'node', aliases: ['n'], description: 'node name', value: (context) => context.nodeName },
];

/** The one node, under the name of each product's API. */
export const catMaster: Endpoint = endpoint({
  routes: ['GET /_cat/master', 'GET /_cat/cluster_manager'],
  parameters: tableParameters,
  handle: ({ parameters, wantsText }, context) => renderTable({ columns, rows: [context] }, { parameters, wantsText }),
});
