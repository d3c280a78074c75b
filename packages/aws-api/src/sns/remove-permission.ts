import type { Action } from '../action.ts';
import { defaultTopicPolicy, removePermission as remove } from '../wire/access-policy.ts';
import { requireTopic } from './topic-name.ts';

/** RemovePermission. */
export const removePermission: Action = async (input, { bus }) => {
  const { name, arn, attributes } = requireTopic(input, bus);
  const policy = attributes.Policy ?? defaultTopicPolicy(arn, bus.identity.accountId);
  await bus.setTopicAttribute(name, 'Policy', remove(policy, input.requireText('Label')));
  return {};
};
