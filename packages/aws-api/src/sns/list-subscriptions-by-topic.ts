import type { Action } from '../action.ts';
import { afterToken } from '../wire/paging.ts';
import { PAGE_SUBSCRIPTIONS, writeSubscriptions } from './subscription-list.ts';
import { topicNameOf } from './topic-name.ts';

/** ListSubscriptionsByTopic. */
export const listSubscriptionsByTopic: Action = (input, { bus }) => {
  const topicName = topicNameOf(input, bus);
  const after = afterToken(input.text('NextToken'));
  return writeSubscriptions(bus, bus.listSubscriptions({ topicName, after, limit: PAGE_SUBSCRIPTIONS }));
};
