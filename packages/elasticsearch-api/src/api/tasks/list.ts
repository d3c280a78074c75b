import { type Endpoint, endpoint } from '../../http/endpoint.ts';
import { describeTask, tasksByNode } from '../../tasks/describe-task.ts';
import { matchesPattern } from '../../wildcards/wildcard.ts';

/** The tasks that run. */
export const listTasks: Endpoint = endpoint({
  routes: ['GET /_tasks'],
  parameters: {
    actions: 'list',
    detailed: 'ignored',
    group_by: 'string',
    nodes: 'ignored',
    parent_task_id: 'ignored',
    timeout: 'time',
    wait_for_completion: 'ignored',
  },
  handle: ({ parameters }, context) => {
    const { actions = ['*'] } = parameters;
    const running = context.tasks
      .running()
      .filter((task) => actions.some((pattern) => matchesPattern(pattern, task.action)));
    const tasks = Object.fromEntries(running.map((task) => [task.id, describeTask(task, context.nodeId)]));
    if (parameters.group_by === 'none') return { body: { tasks: Object.values(tasks) } };
    if (parameters.group_by === 'parents') return { body: { tasks } };
    return { body: { nodes: tasksByNode(context, running) } };
  },
});
