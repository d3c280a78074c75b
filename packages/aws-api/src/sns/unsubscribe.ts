import type { Action } from '../action.ts';

/** Unsubscribe. */
export const unsubscribe: Action = async (input, { bus }) => {
  await bus.unsubscribe(input.requireText('SubscriptionArn'));
  return {};
};
