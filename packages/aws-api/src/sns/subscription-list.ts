import type { MessageBus, Page } from '@daybook/message-bus';
import type { Output } from '../action.ts';
import { nextToken } from '../wire/paging.ts';

/** Subscriptions in one answer. */
export const PAGE_SUBSCRIPTIONS = 100;

/** A page of subscriptions in AWS's spelling. */
export function writeSubscriptions(bus: MessageBus, page: Page<string>): Output {
  const subscriptions = page.items.flatMap((arn) => bus.describeSubscription(arn) ?? []);
  return {
    Subscriptions: subscriptions.map(({ arn, topicArn, queueArn }) => ({
      SubscriptionArn: arn,
      Owner: bus.identity.accountId,
      Protocol: 'sqs',
      Endpoint: queueArn,
      TopicArn: topicArn,
    })),
    NextToken: nextToken(page),
  };
}
