import type { Action } from '../action.ts';
import { removePermission as remove } from '../wire/access-policy.ts';
import { requireTopic } from './topic-name.ts';

/** RemovePermission. */
export const removePermission: Action = async (input, { bus }) => {
  const { name, attributes } = requireTopic(input, bus);
  await bus.setTopicAttribute(name, 'Policy', remove(attributes.Policy, input.requireText('Label')));
  return {};
};
