import { isDaybookError } from '@daybook/errors';
import { type JobDocument, newJobId } from '@daybook/jobs';
import type { AdesContext } from '../ades-context.ts';
import type { BuiltInProcess } from '../built-in/built-in-process.ts';
import { isBuiltIn } from '../built-in/built-in-processes.ts';
import { subscribe } from '../callbacks/subscribe.ts';
import { checkSubscriber } from '../callbacks/subscriber.ts';
import type { Process } from '../processes/process.ts';
import type { ExecuteCommand } from './execute-command.ts';
import { checkSameRequest, jobIdOfKey } from './idempotency-key.ts';
import { createJobPreparer } from './prepare-job.ts';
import { readableJob } from './readable-job.ts';

/** A job that has its document, and what the request queue said to it. */
export interface ExecutedJob {
  readonly job: JobDocument;
  /** Why the job failed at once; undefined where it is on its way. */
  readonly refusal?: string;
}

/**
 * Checks an execute request, makes the job's document and hands the job over to the workers, or runs it where it is built in;
 * URLs of its outputs then begin with `baseUrl`. Throws `invalid-argument`, naming the input or
 * label, before there is a job.
 */
export async function executeJob(
  context: AdesContext,
  process: Process,
  command: ExecuteCommand,
  userId: string,
  baseUrl: string,
): Promise<ExecutedJob> {
  const { idempotencyKey: key } = command;
  const id = key === undefined ? newJobId() : jobIdOfKey(key, userId, process.id);
  if (command.subscriber !== undefined) checkSubscriber(command.subscriber, context.fetchPolicy);
  const { submission, fields, hashes } = createJobPreparer(context, process)(command, { id, userId });
  const earlier = key === undefined ? undefined : await findEarlier(context, id, hashes);
  if (earlier !== undefined) return await handOverAgain(context, process, earlier);
  try {
    const create = async (): Promise<JobDocument> => {
      await subscribe(context, id, command.subscriber, baseUrl);
      return await context.database.createJob(submission, fields);
    };
    if (isBuiltIn(process)) return { job: await runBuiltIn(context, process, create, baseUrl) };
    return await handOver(context, await create());
  } catch (error) {
    // Two requests with one key at once: the other was faster.
    const other = isDaybookError(error, 'already-exists') ? await findEarlier(context, id, hashes) : undefined;
    if (other === undefined) throw error;
    return { job: other };
  }
}

async function findEarlier(
  { database }: AdesContext,
  id: string,
  hashes: readonly string[],
): Promise<JobDocument | undefined> {
  const earlier = await database.getJob(id);
  if (earlier !== undefined) checkSameRequest(earlier, hashes);
  return earlier === undefined ? undefined : readableJob(earlier);
}

/** The first request may have ended between the document and the queue; the queue takes a job that it has for the same. */
async function handOverAgain(context: AdesContext, process: Process, job: JobDocument): Promise<ExecutedJob> {
  return isOnItsWay(job) || isBuiltIn(process) ? { job } : await handOver(context, job);
}

/** Whether the job needs nobody to hand it over. */
export function isOnItsWay(job: JobDocument): boolean {
  return job.state !== 'accepted' || job['queue-time'] !== undefined;
}

async function handOver({ requestQueue }: AdesContext, job: JobDocument): Promise<ExecutedJob> {
  const sent = await requestQueue.handOver(job.id);
  return sent.result === 'refused' ? { job, refusal: sent.reason } : { job };
}

/** Makes a job and runs it, unless it was made before and runs. Throws `unavailable` where no more may run. */
export async function runBuiltIn(
  { builtInRunner }: Pick<AdesContext, 'builtInRunner'>,
  process: BuiltInProcess,
  create: () => Promise<JobDocument>,
  baseUrl: string,
): Promise<JobDocument> {
  const place = builtInRunner.reserve();
  try {
    const job = await create();
    if (job.state === 'accepted') place.start(process, job, baseUrl);
    else place.release();
    return job;
  } catch (error) {
    place.release();
    throw error;
  }
}
