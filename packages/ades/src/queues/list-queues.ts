import type { SqsClient } from '@daybook/aws-client';
import type { JobsDatabase } from '@daybook/jobs-database';

/** A queue between the parts that operators watch. */
export interface WatchedQueue {
  readonly name: string;
  readonly client: SqsClient;
  readonly url: string;
  readonly deadLetterUrl?: string;
}

/** How a queue is; the numbers are approximate, as SQS's are. */
export interface QueueInfo {
  readonly name: string;
  readonly waiting: number;
  readonly 'in-flight': number;
  /** Of the requests: since when the job waits that was submitted first. */
  readonly 'oldest-seconds'?: number;
  readonly 'dead-letters'?: number;
}

/** The name of the queue of accepted jobs. */
export const REQUESTS = 'requests';

const WAITING = 'ApproximateNumberOfMessages';
const IN_FLIGHT = 'ApproximateNumberOfMessagesNotVisible';

/** How the queues are now. Rejects where one of them does not answer. */
export async function listQueues(
  queues: readonly WatchedQueue[],
  database: Pick<JobsDatabase, 'rawSearch'>,
): Promise<readonly QueueInfo[]> {
  return await Promise.all(
    queues.map(async ({ name, client, url, deadLetterUrl }): Promise<QueueInfo> => {
      const [own, dead] = await Promise.all([
        client.getQueueAttributes({ queueUrl: url, names: [WAITING, IN_FLIGHT] }),
        deadLetterUrl === undefined
          ? undefined
          : client.getQueueAttributes({ queueUrl: deadLetterUrl, names: [WAITING] }),
      ]);
      const waiting = Number(own[WAITING] ?? 0);
      const oldest = name === REQUESTS && waiting > 0 ? await oldestSeconds(database) : undefined;
      return {
        name,
        waiting,
        'in-flight': Number(own[IN_FLIGHT] ?? 0),
        ...(oldest !== undefined && { 'oldest-seconds': oldest }),
        ...(dead !== undefined && { 'dead-letters': Number(dead[WAITING] ?? 0) }),
      };
    }),
  );
}

/** SQS tells the age of a message to whoever takes it alone, so the jobs are asked. */
async function oldestSeconds(database: Pick<JobsDatabase, 'rawSearch'>): Promise<number | undefined> {
  const answer: unknown = await database.rawSearch({
    size: 0,
    query: { term: { state: 'accepted' } },
    aggs: { oldest: { min: { field: 'submit-time' } } },
  });
  const { value } = (answer as { aggregations: { oldest: { value: number | null } } }).aggregations.oldest;
  return value === null ? undefined : Math.max(0, Date.now() - value) / 1_000;
}
