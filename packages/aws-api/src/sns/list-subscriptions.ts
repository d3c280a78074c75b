import type { Action } from '../action.ts';
import { afterToken } from '../wire/paging.ts';
import { PAGE_SUBSCRIPTIONS, writeSubscriptions } from './subscription-list.ts';

/** ListSubscriptions. */
export const listSubscriptions: Action = (input, { bus }) => {
  const after = afterToken(input.text('NextToken'));
  return writeSubscriptions(bus, bus.listSubscriptions({ after, limit: PAGE_SUBSCRIPTIONS }));
};
