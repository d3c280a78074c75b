import type { MoveTaskInfo } from '@daybook/message-bus';
import type { Action, Output } from '../action.ts';
import { formatTaskHandle } from './task-handle.ts';

/** ListMessageMoveTasks: one unless `MaxResults` says more. */
export const listMessageMoveTasks: Action = (input, { bus }) => {
  const tasks = bus.listMoveTasks(input.requireText('SourceArn'), input.wholeNumber('MaxResults') ?? 1);
  return { Results: tasks.map(writeTask) };
};

function writeTask(task: MoveTaskInfo): Output {
  return {
    // spec: SQS API, ListMessageMoveTasksResultEntry: the handle is given of tasks that can be cancelled alone.
    TaskHandle: task.status === 'RUNNING' ? formatTaskHandle(task) : undefined,
    Status: task.status,
    SourceArn: task.sourceArn,
    DestinationArn: task.destinationArn,
    MaxNumberOfMessagesPerSecond: task.maxMessagesPerSecond,
    ApproximateNumberOfMessagesMoved: task.moved,
    ApproximateNumberOfMessagesToMove: task.toMove,
    FailureReason: task.failureReason,
    StartedTimestamp: task.startedAt,
  };
}
