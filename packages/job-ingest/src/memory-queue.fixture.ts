import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { OutgoingMessage, ReceivedMessage, SqsClient } from '@daybook/aws-client';
import { DaybookError } from '@daybook/errors';

/** A queue in memory, behind the calls of the SQS client that the poller makes. */
export interface MemoryQueue {
  readonly sqs: SqsClient;
  readonly sent: (OutgoingMessage & { queueUrl: string })[];
  /** Bodies of the messages that are neither acknowledged nor in flight. */
  visible(): string[];
  inFlight(): number;
  receives(): number;
  put(...bodies: string[]): void;
  /** Whether every call fails for now. */
  away: boolean;
}

interface Entry {
  readonly messageId: string;
  readonly body: string;
  receipt: string | undefined;
  receives: number;
  visibleAt: number;
}

/** Seconds are milliseconds here, so that what comes again comes soon. */
export function memoryQueue(): MemoryQueue {
  const entries: Entry[] = [];
  let receives = 0;
  const isVisible = (entry: Entry): boolean => entry.visibleAt <= Date.now();
  const find = (receipt: string): Entry | undefined => entries.find((entry) => entry.receipt === receipt);
  const check = (): void => {
    if (queue.away) throw new DaybookError('unavailable', 'the queue is away');
  };
  const take = (max: number): ReceivedMessage[] =>
    entries
      .filter(isVisible)
      .slice(0, max)
      .map((entry) => {
        entry.receipt = randomUUID();
        entry.receives++;
        entry.visibleAt = Date.now() + 30_000;
        return {
          messageId: entry.messageId,
          receiptHandle: entry.receipt,
          body: entry.body,
          md5OfBody: '',
          attributes: { SentTimestamp: '1452758400000', ApproximateReceiveCount: String(entry.receives) },
          messageAttributes: {},
        };
      });
  const sqs: Pick<SqsClient, 'sendMessage' | 'receiveMessage' | 'deleteMessageBatch' | 'changeMessageVisibilityBatch'> =
    {
      async sendMessage(message) {
        check();
        queue.sent.push(message);
        return { messageId: randomUUID() };
      },
      async receiveMessage({ maxMessages = 1, waitTimeSeconds = 0 }, { signal } = {}) {
        const until = Date.now() + waitTimeSeconds * 1000;
        for (;;) {
          signal?.throwIfAborted();
          receives++;
          check();
          const taken = take(maxMessages);
          if (taken.length > 0) return taken;
          await delay(1, undefined, signal === undefined ? {} : { signal });
          if (Date.now() >= until) return [];
        }
      },
      async deleteMessageBatch({ entries: batch }) {
        check();
        for (const { receiptHandle } of batch) {
          const found = find(receiptHandle);
          if (found !== undefined) entries.splice(entries.indexOf(found), 1);
        }
        return { successful: batch, failed: [] };
      },
      async changeMessageVisibilityBatch({ entries: batch }) {
        check();
        for (const { receiptHandle, visibilityTimeoutSeconds } of batch) {
          const found = find(receiptHandle);
          if (found !== undefined) found.visibleAt = Date.now() + visibilityTimeoutSeconds;
        }
        return { successful: batch, failed: [] };
      },
    };
  const queue: MemoryQueue = {
    sqs: sqs as SqsClient,
    sent: [],
    away: false,
    visible: () => entries.filter(isVisible).map(({ body }) => body),
    inFlight: () => entries.filter((entry) => !isVisible(entry)).length,
    receives: () => receives,
    put(...bodies) {
      entries.push(
        ...bodies.map((body) => ({ messageId: randomUUID(), body, receipt: undefined, receives: 0, visibleAt: 0 })),
      );
    },
  };
  return queue;
}
