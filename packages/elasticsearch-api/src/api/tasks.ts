import { nodeIdentity } from '../cluster-node.ts';
import { resourceNotFound } from '../errors/errors.ts';
import { renderError } from '../errors/render-error.ts';
import { type Endpoint, endpoint } from '../http/endpoint.ts';
import type { JsonTree } from '../json/json.ts';
import type { Task } from '../tasks/task-registry.ts';

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
    const tasks = Object.fromEntries(running.map((task) => [task.id, describe(task, context.nodeId)]));
    if (parameters.group_by === 'none') return { body: { tasks: Object.values(tasks) } };
    if (parameters.group_by === 'parents') return { body: { tasks } };
    return { body: { nodes: { [context.nodeId]: { ...nodeIdentity(context), tasks } } } };
  },
});

export const getTask: Endpoint = endpoint({
  routes: ['GET /_tasks/{task_id}'],
  parameters: { timeout: 'time', wait_for_completion: 'ignored' },
  handle: ({ parts }, context) => {
    const task = context.tasks.get(parts.task_id ?? '');
    if (task === undefined) {
      throw resourceNotFound(`task [${parts.task_id}] isn't running and hasn't stored its results`);
    }
    return {
      body: {
        completed: task.completed,
        task: describe(task, context.nodeId),
        response: task.response,
        error: task.error === undefined ? undefined : renderError(task.error).error,
      },
    };
  },
});

function describe(task: Task, node: string): JsonTree {
  return {
    node,
    id: Number(task.id.split(':')[1]),
    type: 'transport',
    action: task.action,
    description: task.description,
    start_time_in_millis: task.startTimeMs,
    running_time_in_nanos: (Date.now() - task.startTimeMs) * 1_000_000,
    cancellable: false,
    headers: {},
  };
}
