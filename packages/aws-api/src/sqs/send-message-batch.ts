import { MAX_MESSAGE_BYTES } from '@daybook/message-bus';
import type { Action } from '../action.ts';
import { runBatch } from '../wire/batch.ts';
import { checkBatchBytes } from '../wire/batch-bytes.ts';
import { readOutgoing, writeSent } from './outgoing-message.ts';
import { queueNameOf } from './queue-name.ts';
import { requireQueue } from './require-queue.ts';

/** SendMessageBatch. */
export const sendMessageBatch: Action = async (input, { bus, senderId }) => {
  const { name } = requireQueue(bus, queueNameOf(input));
  return await runBatch(input.inputs('Entries'), {
    service: 'sqs',
    read: (entry) => readOutgoing(entry, senderId),
    check: (messages) => checkBatchBytes(messages, MAX_MESSAGE_BYTES),
    run: (messages) => bus.send(name, messages),
    answer: writeSent,
  });
};
