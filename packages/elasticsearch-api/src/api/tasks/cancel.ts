import { type Endpoint, endpoint } from '../../http/endpoint.ts';
import { tasksByNode } from '../../tasks/describe-task.ts';
import { missingTask } from '../../tasks/missing-task.ts';
import { runningTasks, taskParameters } from '../../tasks/running-tasks.ts';
import { checkTaskId } from '../../tasks/task-id.ts';

/** Ends tasks after what they are doing, by id or by the names of their actions; what they have done stays. */
export const cancelTasks: Endpoint = endpoint({
  routes: ['POST /_tasks/_cancel', 'POST /_tasks/{task_id}/_cancel'],
  parameters: {
    ...taskParameters,
    task_id: 'string',
    wait_for_completion: 'boolean',
  },
  handle: async ({ parts, parameters }, context) => {
    const id = parts.task_id ?? parameters.task_id;
    if (id !== undefined) checkTaskId(id);
    const cancelled = runningTasks(context, parameters).filter((task) => id === undefined || task.id === id);
    for (const task of cancelled) task.cancellation.abort('by user request');
    if (parameters.wait_for_completion) await Promise.all(cancelled.map((task) => task.ended));
    if (id === undefined || cancelled.length > 0) return { body: { nodes: tasksByNode(context, cancelled, false) } };
    return { body: { node_failures: [missingTask(context, id, 'is not found')], nodes: {} } };
  },
});
