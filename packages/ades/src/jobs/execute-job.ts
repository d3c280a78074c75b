import { buildJobOrder, type JsonObject, matchesPattern, secretInputs } from '@daybook/cwl';
import { DaybookError, isDaybookError } from '@daybook/errors';
import { type JobDocument, newJobId, type SealedInputs, sealInputs, submission } from '@daybook/jobs';
import type { AdesContext } from '../ades-context.ts';
import type { BuiltInProcess } from '../built-in/built-in-process.ts';
import { isBuiltIn } from '../built-in/built-in-processes.ts';
import type { Process } from '../processes/process-record.ts';
import { checkLabels } from './check-labels.ts';
import type { ExecuteCommand } from './execute-command.ts';
import { checkSameRequest, jobIdOfKey } from './idempotency-key.ts';
import { readableJob } from './readable-job.ts';
import { resultsFields } from './results-request.ts';
import { serverInputsOf } from './server-inputs.ts';

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
  checkLabels(command.labels);
  const sealed = sealInputs(context.secretKeys, id, command.inputs, checkInputs(context, process, id, command.inputs));
  const earlier = key === undefined ? undefined : await findEarlier(context, id, sealed);
  if (earlier !== undefined) return await handOverAgain(context, process, earlier);
  try {
    const create = (): Promise<JobDocument> => createDocument(context, process, command, sealed, { id, userId });
    if (isBuiltIn(process)) return { job: await runBuiltIn(context, process, create, baseUrl) };
    return await handOver(context, await create());
  } catch (error) {
    // Two requests with one key at once: the other was faster.
    const other = isDaybookError(error, 'already-exists') ? await findEarlier(context, id, sealed) : undefined;
    if (other === undefined) throw error;
    return { job: other };
  }
}

/** Throws `invalid-argument` for inputs that the process does not take; gives the ids of those that are secret. */
function checkInputs(
  { secretInputs: patterns, serverInputs }: AdesContext,
  process: Process,
  id: string,
  inputs: JsonObject,
): readonly string[] {
  if (!isBuiltIn(process)) {
    const secrets = secretInputs(process.cwl, patterns);
    buildJobOrder(process.cwl, inputs, serverInputsOf(serverInputs, { id, inputs }), { secrets });
    return secrets;
  }
  const secret = Object.keys(inputs).find((name) => matchesPattern(patterns, name));
  if (secret === undefined) {
    process.check(inputs);
    return [];
  }
  throw new DaybookError(
    'unsupported',
    `Input ${secret} is secret by this server's settings, and process ${process.id} shows what it is given`,
  );
}

async function findEarlier(
  { database }: AdesContext,
  id: string,
  { hashes }: SealedInputs,
): Promise<JobDocument | undefined> {
  const earlier = await database.getJob(id);
  if (earlier !== undefined) checkSameRequest(earlier, hashes);
  return earlier === undefined ? undefined : readableJob(earlier);
}

/** The first request may have ended between the document and the queue; the queue takes a job that it has for the same. */
async function handOverAgain(context: AdesContext, process: Process, job: JobDocument): Promise<ExecutedJob> {
  const isOnItsWay = job.state !== 'accepted' || job['queue-time'] !== undefined || isBuiltIn(process);
  return isOnItsWay ? { job } : await handOver(context, job);
}

async function handOver({ requestQueue }: AdesContext, job: JobDocument): Promise<ExecutedJob> {
  const sent = await requestQueue.handOver(job.id);
  return sent.result === 'refused' ? { job, refusal: sent.reason } : { job };
}

function createDocument(
  { database }: AdesContext,
  process: Process,
  { labels, results }: ExecuteCommand,
  { inputs, secrets, hashes }: SealedInputs,
  identity: { readonly id: string; readonly userId: string },
): Promise<JobDocument> {
  const job = {
    ...identity,
    inputs,
    labels,
    processId: process.id,
    processVersion: process.version,
    inputsHash: hashes[0],
    ...(Object.keys(secrets).length > 0 && { secrets }),
  };
  return database.createJob(submission(job), results === undefined ? {} : resultsFields(results));
}

async function runBuiltIn(
  { builtInRunner }: AdesContext,
  process: BuiltInProcess,
  create: () => Promise<JobDocument>,
  baseUrl: string,
): Promise<JobDocument> {
  const place = builtInRunner.reserve();
  try {
    const job = await create();
    place.start(process, job, baseUrl);
    return job;
  } catch (error) {
    place.release();
    throw error;
  }
}
