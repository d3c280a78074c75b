import type { Action } from '../action.ts';
import { queueNameOf } from './queue-name.ts';

/** UntagQueue. */
export const untagQueue: Action = async (input, { bus }) => {
  const removed = input.texts('TagKeys');
  await bus.setQueueTags(queueNameOf(input), (tags) =>
    Object.fromEntries(Object.entries(tags).filter(([key]) => !removed.includes(key))),
  );
  return {};
};
