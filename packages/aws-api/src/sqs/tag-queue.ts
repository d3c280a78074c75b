import type { Action } from '../action.ts';
import { queueNameOf } from './queue-name.ts';

/** TagQueue. */
export const tagQueue: Action = async (input, { bus }) => {
  const added = input.textMap('Tags');
  await bus.setQueueTags(queueNameOf(input), (tags) => ({ ...tags, ...added }));
  return {};
};
