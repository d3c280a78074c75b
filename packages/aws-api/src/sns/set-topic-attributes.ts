import type { Action } from '../action.ts';
import { topicNameOf } from './topic-name.ts';

/** SetTopicAttributes. */
export const setTopicAttributes: Action = async (input, { bus }) => {
  const name = input.requireText('AttributeName');
  await bus.setTopicAttribute(topicNameOf(input, bus), name, input.text('AttributeValue') ?? '');
  return {};
};
