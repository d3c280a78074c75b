import { type JobDocument, statusUpdate } from '@daybook/jobs';
import { createProgressReporter } from '../progress-reporter.ts';
import { describeError } from '../retry.ts';
import { buildVerdict } from '../run/build-verdict.ts';
import { executeJob, type JobAttempt } from '../run/execute-job.ts';
import type { JobEnd } from '../run/job-end.ts';
import { readUpdateSpool } from '../sandbox/update-spool.ts';
import type { WorkerContext } from '../worker-context.ts';
import type { HeldRequest } from './held-request.ts';
import { type RequestEnd, retrySoon, SETTLED } from './request-end.ts';
import type { Stop } from './stop.ts';

/** An attempt of a job that this worker has claimed. */
export interface ClaimedAttempt {
  readonly job: JobDocument;
  readonly attempt: number;
  /** How many of those before it do not count. */
  readonly handBacks: number;
  readonly request: HeldRequest;
  readonly stop: Stop;
}

/**
 * Runs a claimed attempt and publishes its verdict. When it settles, no process and no directory of it is left. Rejects when the
 * attempt was stopped, and where its directory cannot be made.
 */
export async function runAttempt(claimed: ClaimedAttempt, context: WorkerContext): Promise<RequestEnd> {
  const { job, attempt, request, stop } = claimed;
  const { options, publisher, workDirectory } = context;
  const identity = { job, attempt, worker: options.id, startTime: new Date() };
  const reporter = createProgressReporter({ id: job.id, attempt }, publisher);
  const over = new AbortController();
  const announced = announce(identity, context, AbortSignal.any([over.signal, stop.signal]));
  let directory: string | undefined;
  try {
    directory = await workDirectory.createJobDirectory(job.id, attempt);
    const end = await execute(
      {
        job,
        attempt,
        directory,
        signal: stop.signal,
        onProgress: (progress) => reporter.report(progress),
        beforePublish: () => request.checkLease(),
      },
      claimed,
      context,
    );
    await reporter.close();
    if (end.status === 'interrupted') {
      return retrySoon(context);
    }
    await publishSpooled(identity, directory, claimed, context);
    await publishEnd(identity, end, claimed, context);
    return SETTLED;
  } finally {
    over.abort();
    await Promise.all([reporter.close(), announced]);
    if (directory !== undefined) {
      await workDirectory.removeJobDirectory(directory).catch((error: unknown) => {
        options.log('warn', `A job's directory could not be removed: ${describeError(error)}`, { jobId: job.id });
      });
    }
  }
}

type Identity = Parameters<typeof buildVerdict>[0];

/** The run does not wait for it: its verdict says the same and more. */
async function announce(identity: Identity, { publisher }: WorkerContext, signal: AbortSignal): Promise<void> {
  const { job, attempt, worker, startTime } = identity;
  const running = statusUpdate(
    { id: job.id, attempt, worker, status: 'running', 'start-time': startTime.toISOString() },
    { time: startTime },
  );
  await publisher.publishSurely(running, { signal }).catch(() => {});
}

/** A fault of the machine is an interruption as long as the job has attempts left, and then its failure. */
async function execute(
  attempt: JobAttempt,
  { handBacks }: ClaimedAttempt,
  { options, runtime }: WorkerContext,
): Promise<JobEnd> {
  const interrupted = await executeJob(attempt, runtime).catch((error: unknown): JobEnd => {
    attempt.signal.throwIfAborted();
    return { status: 'interrupted', reason: describeError(error) };
  });
  if (interrupted.status !== 'interrupted') {
    return interrupted;
  }
  const detail = { jobId: attempt.job.id, attempt: attempt.attempt };
  options.log('error', `An attempt was interrupted: ${interrupted.reason}`, detail);
  return attempt.attempt - handBacks < options.maxAttempts
    ? interrupted
    : {
        status: 'failed',
        failure: { error: `${interrupted.reason}\n\nThis was the last of ${options.maxAttempts} attempts.` },
      };
}

/** What the job's steps could not say while it ran. */
async function publishSpooled(
  { job, attempt }: Identity,
  directory: string,
  { request, stop }: ClaimedAttempt,
  { publisher }: WorkerContext,
): Promise<void> {
  for (const update of await readUpdateSpool(directory, { id: job.id, attempt })) {
    await publisher.publishSurely(update, { signal: stop.signal, beforeEach: () => request.checkLease() });
  }
}

async function publishEnd(
  identity: Identity,
  end: Exclude<JobEnd, { status: 'interrupted' }>,
  { request, stop }: ClaimedAttempt,
  { options, publisher }: WorkerContext,
): Promise<void> {
  const { job, attempt } = identity;
  let tried = false;
  try {
    await publisher.publishVerdict(buildVerdict(identity, end), {
      signal: stop.signal,
      beforeEach: () => {
        request.checkLease();
        tried ||= !stop.signal.aborted;
      },
    });
  } catch (error) {
    // A verdict that may have arrived keeps its outputs.
    if (!tried) {
      await options.outputStore.removeAttempt(job.id, attempt);
    }
    throw error;
  }
}
