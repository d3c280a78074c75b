import type { ReceivedMessage } from '@daybook/aws-client';
import type { WorkerLog, WorkerQueues } from '../options.ts';
import { describeError, isTransient, retry } from '../retry.ts';
import { holdLease } from './lease.ts';
import type { Stop } from './stop.ts';

/** A request that this worker keeps from all others. */
export interface HeldRequest {
  /** Pulls the attempt's switch when the request is no longer this worker's; to be called before anything that others see. */
  checkLease(): void;
  /** Takes the request from the queue for good. Where the queue cannot be reached, it comes again and finds the verdict. */
  settle(): Promise<void>;
  /** Lets another attempt have the request after `delaySeconds`. Where the queue cannot be reached, it comes when the lease ends. */
  giveBack(delaySeconds: number): Promise<void>;
  /** Queues another request in its group, then deletes it; where the other cannot be queued, it is given back instead. */
  replace(body: string, deduplicationId: string): Promise<void>;
  /** Ends the extensions and leaves the request to its visibility timeout. */
  abandon(): Promise<void>;
}

/** How to hold a request. */
export interface HoldOptions {
  readonly queues: Pick<WorkerQueues, 'sendMessage' | 'deleteMessage' | 'changeMessageVisibility'>;
  readonly queueUrl: string;
  /** Message group of the requests of this job. */
  readonly groupId: string;
  readonly leaseSeconds: number;
  /** Pulled when the lease is lost. */
  readonly stop: Stop;
  readonly log: WorkerLog;
}

const LAST_CALL_TIMEOUT_MS = 5000;

/** Holds the request in `message`, which was received just now. */
export function holdRequest(message: ReceivedMessage, options: HoldOptions): HeldRequest {
  const { queues, queueUrl, groupId, leaseSeconds, stop, log } = options;
  const { receiptHandle } = message;
  const changeVisibility = (seconds: number, signal: AbortSignal): Promise<void> =>
    queues.changeMessageVisibility({ queueUrl, receiptHandle, visibilityTimeoutSeconds: seconds }, { signal });

  const lease = holdLease({
    leaseMs: leaseSeconds * 1000,
    extend: (signal) => changeVisibility(leaseSeconds, signal),
    onLost: (reason) => {
      log('error', `The lease of a job was lost: ${reason}`, { request: message.body.slice(0, 200) });
      stop.stop('lease-lost');
    },
  });
  const lastCall = async (what: string, call: (signal: AbortSignal) => Promise<void>): Promise<void> => {
    const signal = AbortSignal.timeout(LAST_CALL_TIMEOUT_MS);
    try {
      await retry(() => call(signal), { signal, isPassing: isTransient });
    } catch (error) {
      log('warn', `A request could not be ${what}: ${describeError(error)}`, { request: message.body.slice(0, 200) });
    }
    await lease.release();
  };

  const settle = (): Promise<void> =>
    lastCall('deleted', (signal) => queues.deleteMessage({ queueUrl, receiptHandle }, { signal }));
  const giveBack = async (delaySeconds: number): Promise<void> => {
    // An extension that is still under way must not undo it.
    await lease.release();
    await lastCall('given back', (signal) => changeVisibility(delaySeconds, signal));
  };

  return {
    checkLease() {
      lease.isHeld();
    },
    settle,
    giveBack,
    async replace(body, deduplicationId) {
      const signal = AbortSignal.timeout(LAST_CALL_TIMEOUT_MS);
      const send = () => queues.sendMessage({ queueUrl, body, groupId, deduplicationId }, { signal });
      try {
        await retry(send, { signal, isPassing: isTransient });
      } catch (error) {
        log('warn', `A request could not be replaced: ${describeError(error)}`, { request: body });
        return giveBack(0);
      }
      await settle();
    },
    abandon: () => lease.release(),
  };
}
