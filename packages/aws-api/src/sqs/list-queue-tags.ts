import type { Action } from '../action.ts';
import { queueNameOf } from './queue-name.ts';
import { requireQueue } from './require-queue.ts';

/** ListQueueTags. */
export const listQueueTags: Action = (input, { bus }) => {
  const { tags } = requireQueue(bus, queueNameOf(input));
  return Object.keys(tags).length === 0 ? {} : { Tags: tags };
};
