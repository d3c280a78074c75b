import { resourceNotFound } from '../../errors/errors.ts';
import { renderError } from '../../errors/render-error.ts';
import { type Endpoint, endpoint } from '../../http/endpoint.ts';
import { describeTask } from '../../tasks/describe-task.ts';
import { checkTaskId } from '../../tasks/task-id.ts';

/** One task, with its outcome once it has ended. */
export const getTask: Endpoint = endpoint({
  routes: ['GET /_tasks/{task_id}'],
  parameters: { timeout: 'time', wait_for_completion: 'ignored' },
  handle: ({ parts }, context) => {
    checkTaskId(parts.task_id ?? '');
    const task = context.tasks.get(parts.task_id ?? '');
    if (task === undefined) {
      const [node = ''] = (parts.task_id ?? '').split(':');
      throw resourceNotFound(
        node === context.nodeId
          ? `task [${parts.task_id}] isn't running and hasn't stored its results`
          : `task [${parts.task_id}] belongs to the node [${node}] which isn't part of the cluster and there is no record of the task`,
      );
    }
    return {
      body: {
        completed: task.completed,
        task: describeTask(task, context.nodeId),
        response: task.response,
        error: task.error === undefined ? undefined : renderError(task.error).error,
      },
    };
  },
});
