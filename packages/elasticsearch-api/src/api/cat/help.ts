import { type Endpoint, endpoint } from '../../http/endpoint.ts';

const tables = [
  'aliases',
  'allocation',
  'count',
  'count/{index}',
  'fielddata',
  'fielddata/{fields}',
  'health',
  'indices',
  'indices/{index}',
  'master',
  'nodeattrs',
  'nodes',
  'pending_tasks',
  'plugins',
  'recovery',
  'recovery/{index}',
  'repositories',
  'segments',
  'segments/{index}',
  'shards',
  'shards/{index}',
  'tasks',
  'templates',
  'thread_pool',
  'thread_pool/{thread_pools}',
];

/** The list of tables. */
export const catHelp: Endpoint = endpoint({
  routes: ['GET /_cat'],
  parameters: {},
  handle: () => ({ body: null, text: `=^.^=\n${tables.map((table) => `/_cat/${table}\n`).join('')}` }),
});
