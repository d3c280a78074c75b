import { DaybookError } from '@daybook/errors';
import { resourceNotFound } from '../../errors/errors.ts';
import { renderError } from '../../errors/render-error.ts';
import { type Endpoint, endpoint } from '../../http/endpoint.ts';
import { describeTask } from '../../tasks/describe-task.ts';
import { endWithin } from '../../tasks/end-within.ts';
import { checkTaskId } from '../../tasks/task-id.ts';

const defaultTimeoutMs = 30_000;

/** One task, with its outcome once it has ended, which can be waited for. */
export const getTask: Endpoint = endpoint({
  routes: ['GET /_tasks/{task_id}'],
  parameters: { timeout: 'time', wait_for_completion: 'boolean' },
  handle: async ({ parts, parameters }, context) => {
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
    const { timeout = defaultTimeoutMs, wait_for_completion: wait = false } = parameters;
    if (wait && !(await endWithin([task], timeout))) throw timedOut(task.id);
    return {
      body: {
        completed: task.completed,
        task: describeTask(task, context.nodeId, true),
        response: task.response,
        error: task.error === undefined ? undefined : renderError(task.error).error,
      },
    };
  },
});

/** compat: a fault of status 500, where another wait that ends is one of 504. */
function timedOut(id: string): DaybookError {
  return new DaybookError('timeout', `Timed out waiting for completion of [${id}]`, {
    detail: { reason: 'timeout_exception', status: 500 },
  });
}
