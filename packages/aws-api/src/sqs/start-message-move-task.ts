import type { Action } from '../action.ts';
import { formatTaskHandle } from './task-handle.ts';

/** StartMessageMoveTask. */
export const startMessageMoveTask: Action = (input, { bus }) => {
  const sourceArn = input.requireText('SourceArn');
  const id = bus.startMoveTask({
    sourceArn,
    destinationArn: input.text('DestinationArn'),
    maxMessagesPerSecond: input.wholeNumber('MaxNumberOfMessagesPerSecond'),
  });
  return { TaskHandle: formatTaskHandle({ id, sourceArn }) };
};
