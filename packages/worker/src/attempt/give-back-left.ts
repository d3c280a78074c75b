import type { ResolvedWorkerOptions } from '../options.ts';
import { describeError, isTransient, retry } from '../retry.ts';
import type { Receipts } from './receipts.ts';

/** Gives back the requests that a killed worker has left in this one's work directory. Waits for the queue until their leases are over anyway; never rejects. */
export async function giveBackLeft(
  receipts: Receipts,
  { sqs, requestQueueUrl: queueUrl, leaseSeconds, log }: ResolvedWorkerOptions,
  stopped: AbortSignal,
): Promise<void> {
  const signal = AbortSignal.any([stopped, AbortSignal.timeout(leaseSeconds * 1000)]);
  for (const receiptHandle of receipts.left) {
    const giveBack = (): Promise<void> =>
      sqs.changeMessageVisibility({ queueUrl, receiptHandle, visibilityTimeoutSeconds: 0 }, { signal });
    try {
      await retry(giveBack, { signal, isPassing: isTransient });
    } catch (error) {
      if (stopped.aborted) return;
      // Its lease was over by itself, mostly.
      log('info', `A request of a worker that was killed could not be given back: ${describeError(error)}`);
    }
    await receipts.drop(receiptHandle).catch(() => undefined);
  }
}
