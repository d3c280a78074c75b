import type { Action } from '../action.ts';
import { afterToken, nextToken } from '../wire/paging.ts';
import { readMaxResults } from './max-results.ts';

/** ListQueues. */
export const listQueues: Action = (input, { bus, queueUrl }) => {
  const page = bus.listQueues({
    prefix: input.text('QueueNamePrefix') ?? '',
    after: afterToken(input.text('NextToken')),
    limit: readMaxResults(input),
  });
  // spec: SQS API, ListQueues: a token is given only to a caller that set MaxResults.
  const token = input.has('MaxResults') ? nextToken(page) : undefined;
  return { QueueUrls: page.items.map(queueUrl), NextToken: token };
};
