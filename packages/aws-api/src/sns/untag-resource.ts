import type { Action } from '../action.ts';
import { topicNameOf } from './topic-name.ts';

/** UntagResource. */
export const untagResource: Action = async (input, { bus }) => {
  const removed = input.texts('TagKeys');
  await bus.setTopicTags(topicNameOf(input, bus, 'ResourceArn'), (tags) =>
    Object.fromEntries(Object.entries(tags).filter(([key]) => !removed.includes(key))),
  );
  return {};
};
