import type { SqsClient } from '@daybook/aws-client';
import type { DaybookError } from '@daybook/errors';

/** A message as it was sent. */
type Sent = Parameters<SqsClient['sendMessage']>[0];

/** A request queue in memory that keeps what it is sent, or answers with an error. */
export interface MemoryRequestQueue {
  readonly client: SqsClient;
  readonly url: string;
  readonly sent: Sent[];
  error: DaybookError | undefined;
  /** The group of which messages in batches are refused. */
  refused: string | undefined;
}

export function createMemoryRequestQueue(): MemoryRequestQueue {
  const client: Pick<SqsClient, 'sendMessage' | 'sendMessageBatch'> = {
    async sendMessageBatch({ queueUrl, entries }) {
      if (queue.error !== undefined) throw queue.error;
      const taken = entries.filter(({ groupId }) => groupId !== queue.refused);
      queue.sent.push(...taken.map(({ id, ...message }) => ({ queueUrl, ...message })));
      return {
        successful: taken.map(({ id }) => ({ id, messageId: id })),
        failed: entries
          .filter((entry) => !taken.includes(entry))
          .map(({ id }) => ({ id, code: 'InvalidParameterValue', message: 'refused', senderFault: true })),
      };
    },
    async sendMessage(message) {
      if (queue.error !== undefined) throw queue.error;
      queue.sent.push(message);
      return { messageId: String(queue.sent.length) };
    },
  };
  const queue: MemoryRequestQueue = {
    client: client as SqsClient,
    url: 'http://queue.test/requests.fifo',
    sent: [],
    error: undefined,
    refused: undefined,
  };
  return queue;
}
