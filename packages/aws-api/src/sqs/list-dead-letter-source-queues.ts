import type { Action } from '../action.ts';
import { afterToken, nextToken } from '../wire/paging.ts';
import { readMaxResults } from './max-results.ts';
import { queueNameOf } from './queue-name.ts';

/** ListDeadLetterSourceQueues. */
export const listDeadLetterSourceQueues: Action = (input, { bus, queueUrl }) => {
  const limit = readMaxResults(input);
  const page = bus.deadLetterSources(queueNameOf(input), { after: afterToken(input.text('NextToken')), limit });
  return { queueUrls: page.items.map(queueUrl), NextToken: nextToken(page) };
};
