import type { Action } from '../action.ts';
import { requireTopic } from './topic-name.ts';

/** ListTagsForResource. */
export const listTagsForResource: Action = (input, { bus }) => {
  const { tags } = requireTopic(input, bus, 'ResourceArn');
  return { Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) };
};
