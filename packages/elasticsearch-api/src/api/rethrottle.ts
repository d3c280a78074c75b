import type { ApiContext } from '../api-context.ts';
import { illegalArgument } from '../errors/errors.ts';
import { type Endpoint, endpoint } from '../http/endpoint.ts';
import type { JsonTree } from '../json/json.ts';
import { checkTaskGroups, groupTasks } from '../tasks/group-tasks.ts';
import { missingTask } from '../tasks/missing-task.ts';
import { checkTaskId } from '../tasks/task-id.ts';
import type { Task } from '../tasks/task-registry.ts';

/** compat: a task that writes nothing is told as a fault. */
function notThrottled({ nodeId }: ApiContext, { id, number, action }: Task): JsonTree {
  const reason = `the task [${id}] of [${action}] is no update, deletion or reindex by query`;
  return {
    task_id: number,
    node_id: nodeId,
    status: 'INTERNAL_SERVER_ERROR',
    reason: { type: 'class_cast_exception', reason },
  };
}

/** Changes how many documents a second a task writes while it runs; each of the paths takes every such task. */
export const rethrottle: Endpoint = endpoint({
  routes: [
    'POST /_reindex/{task_id}/_rethrottle',
    'POST /_update_by_query/{task_id}/_rethrottle',
    'POST /_delete_by_query/{task_id}/_rethrottle',
  ],
  parameters: { requests_per_second: 'requestsPerSecond', group_by: 'string' },
  handle: ({ parts, parameters }, context) => {
    const { task_id: id = '' } = parts;
    const { requests_per_second: requestsPerSecond, group_by: groupBy = 'nodes' } = parameters;
    checkTaskId(id);
    if (requestsPerSecond === undefined) throw illegalArgument('requests_per_second is a required parameter');
    checkTaskGroups(groupBy);
    const task = context.tasks.running().find((running) => running.id === id);
    if (task === undefined) {
      const failures = [missingTask(context, id, 'is missing')];
      return { body: { node_failures: failures, ...groupTasks(context, [], groupBy, true) } };
    }
    if (task.throttle === undefined) return { body: { task_failures: [notThrottled(context, task)], nodes: {} } };
    task.throttle.rethrottle(requestsPerSecond);
    return { body: groupTasks(context, [task], groupBy, true) };
  },
});
