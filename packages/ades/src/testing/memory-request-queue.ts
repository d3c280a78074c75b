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
}

export function createMemoryRequestQueue(): MemoryRequestQueue {
  const client: Pick<SqsClient, 'sendMessage'> = {
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
  };
  return queue;
}
