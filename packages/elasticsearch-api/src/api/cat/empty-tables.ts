import { type Endpoint, endpoint } from '../../http/endpoint.ts';
import { renderTable, tableParameters } from '../../tables/render-table.ts';

/** A table of what one node without plugins has none of: its columns are `name` or `name,alias`, each with a description. */
function emptyTable(routes: readonly string[], described: Readonly<Record<string, string>>): Endpoint {
  const columns = Object.entries(described).map(([names, description]) => {
    const [name = '', ...aliases] = names.split(',');
    return { name, aliases, description, value: () => undefined };
  });
  return endpoint({
    routes,
    parameters: { ...tableParameters, fields: 'ignored', include_bootstrap: 'ignored' },
    handle: ({ parameters, wantsText }) => renderTable({ columns, rows: [] }, { parameters, wantsText }),
  });
}

/** Plugins, tasks that wait for the master, attributes of nodes, field data, and repositories of snapshots. */
export const emptyTables: readonly Endpoint[] = [
  emptyTable(['GET /_cat/plugins'], {
    id: 'unique node id',
    'name,n': 'node name',
    'component,c': 'component',
    'version,v': 'component version',
    'description,d': 'plugin details',
  }),
  emptyTable(['GET /_cat/pending_tasks'], {
    'insertOrder,o': 'task insertion order',
    'timeInQueue,t': 'how long task has been in queue',
    'priority,p': 'task priority',
    'source,s': 'task source',
  }),
  emptyTable(['GET /_cat/nodeattrs'], {
    'node,name': 'node name',
    'id,nodeId': 'unique node id',
    'pid,p': 'process id',
    'host,h': 'host name',
    'ip,i': 'ip address',
    'port,po': 'bound transport port',
    'attr,attr.name': 'attribute description',
    'value,attr.value': 'attribute value',
  }),
  emptyTable(['GET /_cat/fielddata', 'GET /_cat/fielddata/{fields}'], {
    id: 'node id',
    'host,h': 'host name',
    ip: 'ip address',
    'node,n': 'node name',
    'field,f': 'field name',
    'size,s': 'field data usage',
  }),
  emptyTable(['GET /_cat/repositories'], { 'id,id,repoId': 'unique repository id', 'type,t,type': 'repository type' }),
];
