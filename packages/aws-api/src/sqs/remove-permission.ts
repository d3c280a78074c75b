import type { Action } from '../action.ts';
import { removePermission as remove } from '../wire/access-policy.ts';
import { queueNameOf } from './queue-name.ts';
import { requireQueue } from './require-queue.ts';

/** RemovePermission. */
export const removePermission: Action = async (input, { bus }) => {
  const { name, settings } = requireQueue(bus, queueNameOf(input));
  const Policy = remove(settings.passive.Policy, input.requireText('Label'));
  await bus.setQueueSettings(name, { passive: { Policy } });
  return {};
};
