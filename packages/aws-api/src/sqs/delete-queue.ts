import type { Action } from '../action.ts';
import { queueNameOf } from './queue-name.ts';

/** DeleteQueue. */
export const deleteQueue: Action = async (input, { bus }) => {
  await bus.deleteQueue(queueNameOf(input));
  return {};
};
