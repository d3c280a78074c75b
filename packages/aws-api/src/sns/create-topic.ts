import type { Action } from '../action.ts';
import { readTags } from './tag-list.ts';

/** CreateTopic. */
export const createTopic: Action = async (input, { bus }) => {
  const name = input.requireText('Name');
  const arn = await bus.createTopic({ name, attributes: input.textMap('Attributes'), tags: readTags(input) });
  return { TopicArn: arn };
};
