import type { Action } from '../action.ts';
import { addPermission as add, defaultTopicPolicy } from '../wire/access-policy.ts';
import { requireTopic } from './topic-name.ts';

/** AddPermission. */
export const addPermission: Action = async (input, { bus }) => {
  const { name, arn, attributes } = requireTopic(input, bus);
  const permission = {
    label: input.requireText('Label'),
    accountIds: input.texts('AWSAccountId'),
    actions: input.texts('ActionName'),
  };
  const policy = attributes.Policy ?? defaultTopicPolicy(arn, bus.identity.accountId);
  await bus.setTopicAttribute(name, 'Policy', add(policy, permission, { service: 'SNS', arn }));
  return {};
};
