import type { Action } from '../action.ts';
import { readTags } from './tag-list.ts';
import { topicNameOf } from './topic-name.ts';

/** TagResource. */
export const tagResource: Action = async (input, { bus }) => {
  const added = readTags(input);
  await bus.setTopicTags(topicNameOf(input, bus, 'ResourceArn'), (tags) => ({ ...tags, ...added }));
  return {};
};
