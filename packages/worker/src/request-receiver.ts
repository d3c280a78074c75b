import type { ReceivedMessage } from '@daybook/aws-client';
import { abortable, backOffMs, describeError, wait } from './retry.ts';
import type { WorkerContext } from './worker-context.ts';

/** Takes requests from the queue, no more than there are free slots. */
export interface RequestReceiver {
  /** What keeps it from receiving, undefined while it can. */
  readonly trouble: string | undefined;
  /** Takes no more requests; resolves when that is certain. Requests under way go on. */
  stop(): Promise<void>;
  /** Resolves when every request under way has ended. */
  idle(): Promise<void>;
}

/** What a receiver works with besides its worker. */
export interface RequestReceiverOptions {
  /** Resolves when jobs can be run, at once where they can; rejects when the signal is aborted. */
  readonly ready: (signal: AbortSignal) => Promise<void>;
  /** Follows a request to its end; never rejects. */
  readonly follow: (message: ReceivedMessage) => Promise<void>;
}

const LONG_POLL_SECONDS = 20;
const MAX_MESSAGES = 10;

/** A receiver that has begun. */
export function startRequestReceiver({ options }: WorkerContext, receiver: RequestReceiverOptions): RequestReceiver {
  const stopped = new AbortController();
  const underWay = new Set<Promise<void>>();
  let onSlotFreed = (): void => {};
  let trouble: string | undefined;

  const take = (message: ReceivedMessage): void => {
    const ended = receiver.follow(message).finally(() => {
      underWay.delete(ended);
      onSlotFreed();
    });
    underWay.add(ended);
  };
  const receiveOnce = async (): Promise<void> => {
    const messages = await options.sqs.receiveMessage(
      {
        queueUrl: options.requestQueueUrl,
        maxMessages: Math.min(MAX_MESSAGES, options.slots - underWay.size),
        waitTimeSeconds: LONG_POLL_SECONDS,
        visibilityTimeoutSeconds: options.leaseSeconds,
      },
      { signal: stopped.signal },
    );
    messages.forEach(take);
  };
  const receive = async (): Promise<void> => {
    for (let failures = 0; ; ) {
      await receiver.ready(stopped.signal);
      await freeSlot();
      stopped.signal.throwIfAborted();
      try {
        await receiveOnce();
        failures = 0;
        trouble = undefined;
      } catch (error) {
        stopped.signal.throwIfAborted();
        failures++;
        trouble = `The request queue cannot be read: ${describeError(error)}`;
        if (failures === 1) {
          options.log('warn', trouble);
        }
        await wait(backOffMs(failures), stopped.signal);
      }
    }
  };
  const freeSlot = async (): Promise<void> => {
    while (underWay.size >= options.slots) {
      const freed = new Promise<void>((resolve) => {
        onSlotFreed = resolve;
      });
      await abortable(freed, stopped.signal);
    }
  };
  // It ends only by the signal.
  const ended = receive().catch(() => {});

  return {
    get trouble() {
      return trouble;
    },
    async stop() {
      stopped.abort(new Error('The worker takes no more jobs'));
      await ended;
    },
    async idle() {
      await Promise.all(underWay);
    },
  };
}
