import { presumedFailure } from '@daybook/jobs';
import { type JobsDatabase, mapBounded, together } from '@daybook/jobs-database';
import { createPostponedRequests } from './postponed-requests.ts';
import { createQueueTimeWriter } from './queue-time-writer.ts';
import { MAX_REQUESTS_AT_ONCE, type SendResult, sendRequests, type TargetQueue } from './send-requests.ts';

/** Requests to the queue that are under way at once. */
const MAX_SENDING = 8;

/** The way of accepted jobs to the workers (HAND-OVER.md). */
export interface RequestQueue {
  /**
   * Hands a job over. `sent`: its queue-time will be written. `refused`: the job has failed, and its document says so. `unknown`: it is
   * tried again in the background, and by the sweep in the end. Never rejects.
   */
  handOver(jobId: string): Promise<SendResult>;
  /**
   * The same for many jobs, ten by each request to the queue; one result per job, in their order. Once the queue does not answer, it is not asked for the
   * rest of them.
   */
  handOverAll(jobIds: readonly string[]): Promise<readonly SendResult[]>;
  /** Ends the background work, after a last write of queue-times. */
  close(): Promise<void>;
}

/** How a request queue is reached. */
export interface RequestQueueOptions {
  readonly queue: TargetQueue;
  readonly database: Pick<JobsDatabase, 'applyUpdates' | 'markQueued'>;
  /** How long one attempt to send may take. */
  readonly timeoutMs: number;
  readonly log: (message: string) => void;
}

/** Builds the hand-over on a queue and the jobs database. */
export function createRequestQueue({ queue, database, timeoutMs, log }: RequestQueueOptions): RequestQueue {
  const queueTimes = createQueueTimeWriter(database, log);
  const sendTogether = together((jobIds: readonly string[]) => sendRequests(queue, jobIds, timeoutMs), {
    most: MAX_REQUESTS_AT_ONCE,
    atOnce: MAX_SENDING,
  });
  const postponed = createPostponedRequests(send);

  async function send(jobId: string): Promise<SendResult> {
    const sent = await sendTogether(jobId);
    await settle([jobId], [sent]);
    return sent;
  }

  async function settle(jobIds: readonly string[], sent: readonly SendResult[]): Promise<void> {
    jobIds.forEach((jobId, i) => {
      if (sent[i]!.result === 'sent') queueTimes.add(jobId);
    });
    const failures = jobIds.flatMap((id, i) => {
      const each = sent[i]!;
      const error = (reason: string): string => `The job could not be handed over to the workers: ${reason}`;
      return each.result === 'refused' ? [presumedFailure({ id, error: error(each.reason) })] : [];
    });
    if (failures.length === 0) return;
    const outcomes = await database.applyUpdates(failures);
    failures.forEach(({ id, error }, i) => {
      log(`job ${id} failed (${error}); its failure is ${outcomes[i]!.result}`);
    });
  }

  function postpone(jobIds: readonly string[], sent: readonly SendResult[]): void {
    const unknown = jobIds.filter((_, i) => sent[i]!.result === 'unknown');
    if (unknown.length === 0) return;
    const reasons = sent.flatMap((each) => (each.result === 'unknown' ? [each.reason] : []));
    log(`${unknown.length} jobs wait for the request queue, ${unknown[0]} first: ${reasons[0]}`);
    for (const jobId of unknown) postponed.add(jobId);
  }

  return {
    async handOver(jobId) {
      const sent = await send(jobId);
      postpone([jobId], [sent]);
      return sent;
    },
    async handOverAll(jobIds) {
      let away: SendResult | undefined;
      const groups = Array.from({ length: Math.ceil(jobIds.length / MAX_REQUESTS_AT_ONCE) }, (_, n) =>
        jobIds.slice(n * MAX_REQUESTS_AT_ONCE, (n + 1) * MAX_REQUESTS_AT_ONCE),
      );
      const answers = await mapBounded(groups, MAX_SENDING, async (group) => {
        const unasked = away;
        const sent = unasked === undefined ? await sendRequests(queue, group, timeoutMs) : group.map(() => unasked);
        if (sent.every(({ result }) => result === 'unknown')) away = sent[0];
        return sent;
      });
      const sent = answers.flat();
      await settle(jobIds, sent);
      postpone(jobIds, sent);
      return sent;
    },
    async close() {
      await postponed.close();
      await queueTimes.close();
    },
  };
}
