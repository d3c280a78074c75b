import type { Action } from '../action.ts';
import { defaultTopicPolicy } from '../wire/access-policy.ts';
import { requireTopic } from './topic-name.ts';

/** GetTopicAttributes. */
export const getTopicAttributes: Action = (input, { bus }) => {
  const { arn, fifo, attributes, subscriptions } = requireTopic(input, bus);
  return {
    Attributes: {
      TopicArn: arn,
      Owner: bus.identity.accountId,
      DisplayName: '',
      Policy: defaultTopicPolicy(arn, bus.identity.accountId),
      SubscriptionsConfirmed: String(subscriptions),
      SubscriptionsPending: '0',
      SubscriptionsDeleted: '0',
      ...(fifo && { FifoTopic: 'true', ContentBasedDeduplication: 'false' }),
      ...attributes,
    },
  };
};
