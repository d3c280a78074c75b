import { buildJobRequest, type JobRequest } from '@daybook/jobs';
import { describeError } from '../retry.ts';
import type { WorkerContext } from '../worker-context.ts';
import type { HeldRequest } from './held-request.ts';
import type { StopCause } from './stop.ts';

/** What becomes of a request when its attempt is over. */
export type RequestEnd =
  /** It is done with and is deleted. */
  | { readonly action: 'settle' }
  /** Another attempt may have it after a while. */
  | { readonly action: 'give-back'; readonly delaySeconds: number }
  /** Another request takes its place at once, which knows that this attempt does not count. */
  | { readonly action: 'replace'; readonly body: string; readonly deduplicationId: string }
  /** It is another worker's already. */
  | { readonly action: 'abandon' };

/** The end of a request that needs nothing more. */
export const SETTLED: RequestEnd = { action: 'settle' };

const LONGEST_RETRY_DELAY_SECONDS = 5;

/** The end of a request whose attempt met a fault of the machine. */
export function retrySoon({ options }: WorkerContext): RequestEnd {
  return { action: 'give-back', delaySeconds: Math.min(LONGEST_RETRY_DELAY_SECONDS, options.leaseSeconds) };
}

/** Ends the job of a stopped attempt, no process of which is left, as the cause asks. */
export async function endStopped(
  cause: StopCause,
  { asked: { jobId, handBacks }, attempt }: { readonly asked: JobRequest; readonly attempt?: number },
  { options }: WorkerContext,
): Promise<RequestEnd> {
  switch (cause) {
    case 'lease-lost':
      return { action: 'abandon' };
    case 'hand-back':
      return attempt === undefined
        ? { action: 'give-back', delaySeconds: 0 }
        : {
            action: 'replace',
            body: buildJobRequest(jobId, handBacks + 1),
            deduplicationId: `${jobId}-${attempt}-handed-back`,
          };
    case 'dismissed':
      await options.outputStore.remove(jobId).catch((error: unknown) => {
        options.log('error', `The outputs of a dismissed job could not be removed: ${describeError(error)}`, { jobId });
      });
      return SETTLED;
  }
}

/** Tells the queue. */
export function carryOut(end: RequestEnd, request: HeldRequest): Promise<void> {
  switch (end.action) {
    case 'settle':
      return request.settle();
    case 'give-back':
      return request.giveBack(end.delaySeconds);
    case 'replace':
      return request.replace(end.body, end.deduplicationId);
    case 'abandon':
      return request.abandon();
  }
}
