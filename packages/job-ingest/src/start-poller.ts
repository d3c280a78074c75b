import { setTimeout as delay } from 'node:timers/promises';
import type { ReceivedMessage, SqsClient } from '@daybook/aws-client';
import { isDaybookError } from '@daybook/errors';
import type { QueueEventHandler, QueueEventRecord } from './queue-event.ts';
import { receiveBatch } from './receive-batch.ts';

/** What the poller works with. */
export interface PollerOptions {
  readonly sqs: SqsClient;
  readonly queueUrl: string;
  readonly handler: QueueEventHandler;
  /**
   * Whether what the handler writes to can be reached. Asked after a batch of which nothing succeeded, before the next is
   * received, so that an outage does not use up the receive counts of the messages.
   */
  readonly isReady?: () => Promise<boolean>;
  /** Most messages in one event; default 1,000. */
  readonly maxBatch?: number;
  /** Default 20 s. */
  readonly waitTimeSeconds?: number;
  /** Bounds of the wait after a failure; default 250 ms to 30 s. */
  readonly retryMs?: { readonly first: number; readonly longest: number };
  /** Told what an operator should know, one line each. */
  readonly log?: (message: string) => void;
}

/** How a poller does. */
export interface PollerHealth {
  readonly state: 'polling' | 'waiting' | 'stopped';
  /** Messages acknowledged since the start. */
  readonly done: number;
  /** Messages left to come again since the start. */
  readonly left: number;
  /** Why it waits. */
  readonly reason?: string;
}

/** A poller that runs. */
export interface Poller {
  health(): PollerHealth;
  /** Ends the long poll, waits for the batch that is being handled, and acknowledges it. */
  stop(): Promise<void>;
}

const MAX_BATCH_ENTRIES = 10;
/** A message that failed alone comes again after this, doubled with each receive up to the second. */
const FIRST_VISIBILITY_SECONDS = 2;
const LONGEST_VISIBILITY_SECONDS = 300;

/** Feeds the handler from a queue as AWS Lambda does: what succeeded is deleted, the rest comes again after a while. */
export function startPoller(options: PollerOptions): Poller {
  const { sqs, queueUrl, handler, log } = options;
  const { first: firstRetryMs, longest: longestRetryMs } = options.retryMs ?? { first: 250, longest: 30_000 };
  const receive = { sqs, queueUrl, maxBatch: options.maxBatch ?? 1000, waitTimeSeconds: options.waitTimeSeconds ?? 20 };
  const stopping = new AbortController();
  let reason: string | undefined;
  let done = 0;
  let left = 0;

  async function handle(messages: readonly ReceivedMessage[]): Promise<boolean> {
    const { batchItemFailures } = await handler({ Records: messages.map(toRecord) });
    const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
    const again = messages.filter(({ messageId }) => failed.has(messageId));
    await deleteMessages(messages.filter(({ messageId }) => !failed.has(messageId)));
    await postpone(again);
    done += messages.length - again.length;
    left += again.length;
    return again.length < messages.length;
  }

  async function deleteMessages(messages: readonly ReceivedMessage[]): Promise<void> {
    await inBatches(messages, async (entries) => {
      const batch = entries.map(({ receiptHandle }, i) => ({ id: String(i), receiptHandle }));
      const { failed } = await sqs.deleteMessageBatch({ queueUrl, entries: batch });
      // It comes again and changes nothing then.
      if (failed.length > 0) log?.(`${failed.length} messages could not be acknowledged: ${failed[0]!.message}`);
    });
  }

  async function postpone(messages: readonly ReceivedMessage[]): Promise<void> {
    await inBatches(messages, async (entries) => {
      const batch = entries.map(({ receiptHandle, attributes }, i) => ({
        id: String(i),
        receiptHandle,
        visibilityTimeoutSeconds: visibilitySeconds(Number(attributes.ApproximateReceiveCount ?? 1)),
      }));
      await sqs.changeMessageVisibilityBatch({ queueUrl, entries: batch });
    });
  }

  async function pollOnce(): Promise<void> {
    const messages = await receiveBatch(receive, stopping.signal);
    if (messages.length === 0 || (await handle(messages))) return setReason(undefined);
    await waitUntilReady(`none of ${messages.length} messages could be handled`);
  }

  async function waitUntilReady(why: string): Promise<void> {
    setReason(why);
    for (let waitMs = firstRetryMs; ; waitMs = Math.min(2 * waitMs, longestRetryMs)) {
      await pause(waitMs);
      if (stopping.signal.aborted || ((await options.isReady?.()) ?? true)) return;
    }
  }

  async function run(): Promise<void> {
    let waitMs = firstRetryMs;
    while (!stopping.signal.aborted) {
      try {
        await pollOnce();
        waitMs = firstRetryMs;
      } catch (error) {
        if (stopping.signal.aborted) return;
        setReason(isDaybookError(error) ? error.message : String((error as Error).stack ?? error));
        await pause(waitMs);
        waitMs = Math.min(2 * waitMs, longestRetryMs);
      }
    }
  }

  /** A jittered wait that the stop ends. */
  async function pause(waitMs: number): Promise<void> {
    const jitteredMs = waitMs * (0.5 + Math.random() / 2);
    await delay(jitteredMs, undefined, { signal: stopping.signal }).catch(() => undefined);
  }

  function setReason(now: string | undefined): void {
    if (now !== undefined && reason === undefined) log?.(`Job updates wait: ${now}`);
    if (now === undefined && reason !== undefined) log?.('Job updates flow again');
    reason = now;
  }

  const running = run();
  return {
    health: () => ({
      state: stopping.signal.aborted ? 'stopped' : reason === undefined ? 'polling' : 'waiting',
      done,
      left,
      ...(reason === undefined ? {} : { reason }),
    }),
    async stop() {
      stopping.abort();
      await running;
    },
  };
}

function toRecord({ messageId, receiptHandle, body, attributes }: ReceivedMessage): QueueEventRecord {
  return { messageId, receiptHandle, body, attributes };
}

function visibilitySeconds(receives: number): number {
  return Math.min(LONGEST_VISIBILITY_SECONDS, FIRST_VISIBILITY_SECONDS * 2 ** Math.min(receives - 1, 20));
}

/** All batches are tried; the first failure is thrown then. */
async function inBatches<T>(items: readonly T[], send: (batch: readonly T[]) => Promise<void>): Promise<void> {
  const batches = Array.from({ length: Math.ceil(items.length / MAX_BATCH_ENTRIES) }, (_, i) =>
    items.slice(i * MAX_BATCH_ENTRIES, (i + 1) * MAX_BATCH_ENTRIES),
  );
  const failed = (await Promise.allSettled(batches.map(send))).find(({ status }) => status === 'rejected');
  if (failed?.status === 'rejected') throw failed.reason;
}
