import type { Action } from '../action.ts';

/** SetSubscriptionAttributes. */
export const setSubscriptionAttributes: Action = async (input, { bus }) => {
  const arn = input.requireText('SubscriptionArn');
  const name = input.requireText('AttributeName');
  await bus.setSubscriptionAttribute(arn, name, input.text('AttributeValue') ?? '');
  return {};
};
