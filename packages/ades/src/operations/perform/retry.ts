import { DaybookError, isDaybookError } from '@daybook/errors';
import { type JobDocument, type JsonObject, unseal } from '@daybook/jobs';
import { mapBounded, type SubscriptionDocument } from '@daybook/jobs-database';
import type { AdesContext } from '../../ades-context.ts';
import { notTaken } from '../../batch/batch-item.ts';
import { isBuiltIn } from '../../built-in/built-in-processes.ts';
import { subscribe } from '../../callbacks/subscribe.ts';
import { openSubscription, type SealedSubscriber } from '../../callbacks/subscriber.ts';
import { digestUuid } from '../../jobs/digest-uuid.ts';
import { isOnItsWay, runBuiltIn } from '../../jobs/execute-job.ts';
import { jobRefused } from '../../jobs/job-refused.ts';
import type { PreparedJob } from '../../jobs/prepare-job.ts';
import { readableJob } from '../../jobs/readable-job.ts';
import { resultsRequestOf } from '../../jobs/results-request.ts';
import type { Process } from '../../processes/process.ts';
import { placeOfInputs } from '../create-operation.ts';
import type { Operation } from '../operation.ts';
import type { Perform } from './failures.ts';
import { retryInputs } from './retry-inputs.ts';
import { createRetryProcesses } from './retry-process.ts';
import { goneJobs } from './write-updates.ts';

/** Subscribers that are noted at once. */
const MAX_SUBSCRIBING = 16;

/** A retry that was checked. */
interface Retry extends PreparedJob {
  readonly old: string;
  readonly id: string;
  readonly process: Process;
  /** Who is, or was, to be told of the old job. */
  readonly subscriber: SealedSubscriber | undefined;
}

/**
 * Submits ended jobs again. The retry's id is made of the operation's and the old job's, and the old job names it in `superseded-by` before it is there: of several
 * operations one makes a retry, and one that is resumed makes the same.
 */
export function createRetry(context: AdesContext, operation: Operation): Perform {
  const processOf = createRetryProcesses(context, operation['set-process-version']);
  const idOf = (old: string): string => digestUuid(['operation', operation.id, old]);
  const eventOf = (old: string, event: string): string => digestUuid(['operation', operation.id, old, event]);

  async function prepare(job: JobDocument, subscription: SubscriptionDocument | undefined): Promise<Retry> {
    const id = idOf(job.id);
    checkRetryable(job, id);
    const { process, prepare: prepareJob } = await processOf(job);
    const command = {
      inputs: retryInputs(context.secretKeys, job, setInputs(context, operation)),
      labels: job.labels,
      ...(job.response !== undefined && { results: resultsRequestOf(job) }),
    };
    const identity = {
      id,
      userId: job['user-id'] ?? 'anonymous',
      retryOf: job.id,
      eventId: eventOf(job.id, 'submission'),
    };
    const subscriber = subscription && openSubscription(context.secretKeys, subscription);
    return { old: job.id, id, process, subscriber, ...prepareJob(command, identity) };
  }

  return async (ids) => {
    const jobs = await context.database.getJobs(ids);
    const failures = goneJobs(ids, jobs);
    const found = await context.database.subscriptions.ofJobs(ids);
    const subscriptions = new Map(found.map((subscription) => [subscription.id, subscription]));
    let retries: Retry[] = [];
    for (const job of jobs.map(readableJob)) {
      await noting(failures, job.id, async () => {
        retries.push(await prepare(job, subscriptions.get(job.id)));
      });
    }
    const standing = await context.database.supersede(
      retries.map(({ old, id }) => ({ id: old, by: id, eventId: eventOf(old, 'superseded') })),
    );
    retries = retries.filter(({ old, id }) => {
      const by = standing.get(old);
      if (by !== id) failures.set(old, by === undefined ? `There is no job ${old} any more` : supersededBy(old, by));
      return by === id;
    });
    await mapBounded(retries, MAX_SUBSCRIBING, async ({ id, subscriber }) => {
      if (subscriber !== undefined) await subscribe(context, id, subscriber, subscriber.baseUrl);
    });
    await submitQueued(
      context,
      retries.filter(({ process }) => !isBuiltIn(process)),
      failures,
    );
    for (const { old, process, submission, fields } of retries) {
      if (!isBuiltIn(process)) continue;
      await noting(failures, old, async () => {
        await runBuiltIn(context, process, () => context.database.createJob(submission, fields), operation['base-url']);
      });
    }
    return failures;
  };
}

function checkRetryable(job: JobDocument, retryId: string): void {
  const { 'superseded-by': by } = job;
  if (by !== undefined && by !== retryId) throw new DaybookError('conflict', supersededBy(job.id, by));
  if (!job.final) throw new DaybookError('conflict', `Job ${job.id} is ${job.state}: it has not ended`);
}

function supersededBy(id: string, by: string): string {
  return `Job ${id} was retried already, as ${by}`;
}

function setInputs({ secretKeys }: AdesContext, { id, 'set-inputs': sealed }: Operation): JsonObject {
  return sealed === undefined ? {} : (JSON.parse(unseal(secretKeys, placeOfInputs(id), sealed)) as JsonObject);
}

/** Does something with one job; what says that it can never be done is noted, and everything else thrown. */
async function noting(failures: Map<string, string>, id: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!isDaybookError(error) || error.code === 'unavailable' || error.code === 'timeout') throw error;
    failures.set(id, error.message);
  }
}

async function submitQueued(
  { database, requestQueue }: AdesContext,
  retries: readonly Retry[],
  failures: Map<string, string>,
): Promise<void> {
  const outcomes = await database.createJobs(retries);
  const open = retries.filter(({ old, id }, i) => {
    const outcome = outcomes[i]!;
    if (outcome.result === 'created') return !isOnItsWay(outcome.document);
    const error = outcome.result === 'exists' ? undefined : notTaken(id, outcome);
    if (error?.code === 'unavailable') throw error;
    failures.set(old, error?.message ?? `There is a job ${id} that is no retry of it`);
    return false;
  });
  const sent = await requestQueue.handOverAll(open.map(({ id }) => id));
  open.forEach(({ old, id }, i) => {
    const each = sent[i]!;
    if (each.result === 'refused') failures.set(old, jobRefused(id, each.reason).message);
  });
}
