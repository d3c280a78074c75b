import { nodeIdentity } from '../../cluster/cluster-node.ts';
import { type Endpoint, endpoint } from '../../http/endpoint.ts';
import { describeTask } from '../../tasks/describe-task.ts';

/** The tasks that run. */
export const listTasks: Endpoint = endpoint({
  routes: ['GET /_tasks'],
  parameters: {
    actions: 'ignored',
    detailed: 'ignored',
    group_by: 'string',
    nodes: 'ignored',
    parent_task_id: 'ignored',
    timeout: 'time',
    wait_for_completion: 'ignored',
  },
  handle: ({ parameters }, context) => {
    const running = context.tasks.running();
    const tasks = Object.fromEntries(running.map((task) => [task.id, describeTask(task, context.nodeId)]));
    if (parameters.group_by === 'none') return { body: { tasks: Object.values(tasks) } };
    if (parameters.group_by === 'parents') return { body: { tasks } };
    return { body: { nodes: { [context.nodeId]: { ...nodeIdentity(context), tasks } } } };
  },
});
