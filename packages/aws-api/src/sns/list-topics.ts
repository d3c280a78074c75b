import { formatArn } from '@daybook/message-bus';
import type { Action } from '../action.ts';
import { afterToken, nextToken } from '../wire/paging.ts';

const PAGE_TOPICS = 100;

/** ListTopics. */
export const listTopics: Action = (input, { bus }) => {
  const page = bus.listTopics({ after: afterToken(input.text('NextToken')), limit: PAGE_TOPICS });
  const topics = page.items.map((name) => ({ TopicArn: formatArn('sns', bus.identity, name) }));
  return { Topics: topics, NextToken: nextToken(page) };
};
