import type { Action } from '../action.ts';
import { runBatch } from '../wire/batch.ts';
import { queueNameOf } from './queue-name.ts';
import { requireQueue } from './require-queue.ts';

/** DeleteMessageBatch. */
export const deleteMessageBatch: Action = (input, { bus }) => {
  const { name } = requireQueue(bus, queueNameOf(input));
  return runBatch(input.inputs('Entries'), {
    service: 'sqs',
    read: (entry) => entry.requireText('ReceiptHandle'),
    run: (handles) => bus.deleteMessages(name, handles),
    answer: () => ({}),
  });
};
