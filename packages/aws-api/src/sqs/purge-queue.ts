import type { Action } from '../action.ts';
import { queueNameOf } from './queue-name.ts';

/** PurgeQueue. */
export const purgeQueue: Action = async (input, { bus }) => {
  await bus.purgeQueue(queueNameOf(input));
  return {};
};
