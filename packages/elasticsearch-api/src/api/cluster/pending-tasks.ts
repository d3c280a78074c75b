import { type Endpoint, endpoint } from '../../http/endpoint.ts';

/** Changes of metadata are made one after the other as they come; none waits. */
export const pendingTasks: Endpoint = endpoint({
  routes: ['GET /_cluster/pending_tasks'],
  parameters: { master_timeout: 'time', local: 'ignored' },
  handle: () => ({ body: { tasks: [] } }),
});
