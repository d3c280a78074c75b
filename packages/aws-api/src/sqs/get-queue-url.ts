import type { Action } from '../action.ts';
import { requireQueue } from './require-queue.ts';

/** GetQueueUrl. */
export const getQueueUrl: Action = (input, { bus, queueUrl }) => {
  const { name } = requireQueue(bus, input.requireText('QueueName'));
  return { QueueUrl: queueUrl(name) };
};
