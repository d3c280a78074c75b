import type { Action } from '../action.ts';
import { addPermission as add } from '../wire/access-policy.ts';
import { queueNameOf } from './queue-name.ts';
import { requireQueue } from './require-queue.ts';

/** AddPermission. */
export const addPermission: Action = async (input, { bus }) => {
  const { name, arn, settings } = requireQueue(bus, queueNameOf(input));
  const permission = {
    label: input.requireText('Label'),
    accountIds: input.texts('AWSAccountIds'),
    actions: input.texts('Actions'),
  };
  const Policy = add(settings.passive.Policy, permission, { service: 'SQS', arn });
  await bus.setQueueSettings(name, { passive: { Policy } });
  return {};
};
