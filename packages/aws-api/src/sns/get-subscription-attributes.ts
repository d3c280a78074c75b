import type { Action } from '../action.ts';
import { failure } from '../wire/failure.ts';

/** GetSubscriptionAttributes. */
export const getSubscriptionAttributes: Action = (input, { bus }) => {
  const info = bus.describeSubscription(input.requireText('SubscriptionArn'));
  if (info === undefined) throw failure('ResourceDoesNotExist', 'Subscription does not exist');
  const { arn, topicArn, queueArn, attributes } = info;
  return {
    Attributes: {
      SubscriptionArn: arn,
      TopicArn: topicArn,
      Owner: bus.identity.accountId,
      Protocol: 'sqs',
      Endpoint: queueArn,
      ConfirmationWasAuthenticated: 'true',
      PendingConfirmation: 'false',
      RawMessageDelivery: 'false',
      ...attributes,
    },
  };
};
