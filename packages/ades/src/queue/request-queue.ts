import type { SqsClient } from '@daybook/aws-client';
import { presumedFailure } from '@daybook/jobs';
import type { JobsDatabase } from '@daybook/jobs-database';
import { createPostponedRequests } from './postponed-requests.ts';
import { createQueueTimeWriter } from './queue-time-writer.ts';
import { type SendResult, sendRequest } from './send-request.ts';

/** The way of accepted jobs to the workers (HAND-OVER.md). */
export interface RequestQueue {
  /**
   * Hands a job over. `sent`: its queue-time will be written. `refused`: the job has failed, and its document says so. `unknown`: it is
   * tried again in the background, and by the sweep in the end. Never rejects.
   */
  handOver(jobId: string): Promise<SendResult>;
  /** Ends the background work, after a last write of queue-times. */
  close(): Promise<void>;
}

/** How a request queue is reached. */
export interface RequestQueueOptions {
  readonly queue: { readonly client: SqsClient; readonly url: string };
  readonly database: Pick<JobsDatabase, 'applyUpdates' | 'markQueued'>;
  /** How long one attempt to send may take. */
  readonly timeoutMs: number;
  readonly log: (message: string) => void;
}

/** Builds the hand-over on a queue and the jobs database. */
export function createRequestQueue({ queue, database, timeoutMs, log }: RequestQueueOptions): RequestQueue {
  const queueTimes = createQueueTimeWriter(database, log);
  const postponed = createPostponedRequests(send);

  async function send(jobId: string): Promise<SendResult> {
    const sent = await sendRequest(queue, jobId, timeoutMs);
    if (sent.result === 'sent') queueTimes.add(jobId);
    if (sent.result === 'refused') await fail(jobId, sent.reason);
    return sent;
  }

  async function fail(jobId: string, reason: string): Promise<void> {
    const error = `The job could not be handed over to the workers: ${reason}`;
    const [outcome] = await database.applyUpdates([presumedFailure({ id: jobId, error })]);
    log(`job ${jobId} was refused by the request queue (${reason}); its failure is ${outcome?.result ?? 'lost'}`);
  }

  return {
    async handOver(jobId) {
      const sent = await send(jobId);
      if (sent.result === 'unknown') {
        log(`job ${jobId} waits for the request queue: ${sent.reason}`);
        postponed.add(jobId);
      }
      return sent;
    },
    async close() {
      await postponed.close();
      await queueTimes.close();
    },
  };
}
