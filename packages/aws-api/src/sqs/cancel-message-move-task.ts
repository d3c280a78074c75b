import type { Action } from '../action.ts';
import { parseTaskHandle } from './task-handle.ts';

/** CancelMessageMoveTask. */
export const cancelMessageMoveTask: Action = (input, { bus }) => {
  const { id, sourceArn } = parseTaskHandle(input.requireText('TaskHandle'));
  return { ApproximateNumberOfMessagesMoved: bus.cancelMoveTask(sourceArn, id) };
};
