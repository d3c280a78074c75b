import { join } from 'node:path';
import { buildJobOrder, declareSecrets, type JsonObject } from '@daybook/cwl';
import type { Cwltool, CwltoolJob, RunEvent, RunResult } from '@daybook/cwltool';
import { DaybookError, isDaybookError } from '@daybook/errors';
import { isJsonObject, type JobDocument } from '@daybook/jobs';
import type { ProcessDocument } from '@daybook/jobs-database';
import type { OutputStore } from '@daybook/output-store';
import { lastWords } from '../logs/last-words.ts';
import { type LogKeeper, startLogKeeper } from '../logs/log-keeper.ts';
import type { ResolvedWorkerOptions, WorkerDatabase } from '../options.ts';
import { describeError, retry } from '../retry.ts';
import { openSurroundings, type Surroundings, type SurroundingsRuntime } from '../sandbox/surroundings.ts';
import type { InputCache } from '../stage-in/input-cache/input-cache.ts';
import { stageIn } from '../stage-in/stage-in.ts';
import { updatesInPlace } from '../stage-in/updates-in-place.ts';
import type { WorkDirectory } from '../work-directory.ts';
import type { Admission } from './admission.ts';
import { checkInputs } from './check-inputs.ts';
import { type CollectedOutputs, collectOutputs } from './collect-outputs.ts';
import { engineFlags, explainContainerFailure } from './container-engine.ts';
import { watchDisk } from './disk-watch.ts';
import { removeContainers, traceContainers } from './job-containers.ts';
import { isOwnFault, type JobEnd } from './job-end.ts';
import { type JobSecrets, NO_SECRETS, openJobSecrets } from './job-secrets.ts';
import { allSpellings } from './mask.ts';
import { maskUpdate } from './mask-update.ts';
import { createProgressTracker, type Progress } from './progress.ts';
import { requiredResources } from './required-resources.ts';
import { createResourceLedger, type JobResources } from './resource-ledger.ts';

/** What running a job needs of its worker. */
export interface JobRuntime {
  readonly options: Pick<
    ResolvedWorkerOptions,
    | 'serverInputs'
    | 'secretInputs'
    | 'secretKeys'
    | 'inputRoots'
    | 'processLimits'
    | 'maxJobBytes'
    | 'maxLogBytes'
    | 'stageIn'
    | 'containerEngine'
    | 'cwltoolArguments'
    | 'publicUrl'
    | 'wallLimitSeconds'
    | 'leaseSeconds'
    | 'log'
  > &
    SurroundingsRuntime['options'];
  readonly processes: Pick<WorkerDatabase['processes'], 'get'>;
  readonly outputStore: Pick<OutputStore, 'stage' | 'logs'>;
  /** The cwltool that is open now; `unavailable` where there is none. */
  readonly cwltool: () => Pick<Cwltool, 'run' | 'health'>;
  readonly admission: Admission;
  readonly publish: SurroundingsRuntime['publish'];
  readonly updateEndpoint: SurroundingsRuntime['updateEndpoint'];
  readonly workDirectory: Pick<WorkDirectory, 'root' | 'binDirectory'>;
  /** Absent where no inputs are kept. */
  readonly inputCache: InputCache | undefined;
}

/** One attempt of a job, claimed and with an empty directory. */
export interface JobAttempt {
  readonly job: JobDocument;
  readonly attempt: number;
  readonly directory: string;
  /** Ends the run; {@link executeJob} then rejects with its reason when no process of the job is left. */
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
  /** Called right before the outputs appear in the store; it may abort the signal. */
  readonly beforePublish: () => void;
}

const LONGEST_GRACE_MS = 3000;

/**
 * Runs a job and puts its outputs into the store. What is wrong with the job itself is a failure with its reason; what is wrong with the
 * machine is an interruption or an error.
 */
export async function executeJob(attempt: JobAttempt, runtime: JobRuntime): Promise<JobEnd> {
  const { job, signal } = attempt;
  const { processes } = runtime;
  const processId = job['process-id'] ?? '';
  const process = await retry(() => processes.get(processId, { signal }), { signal });
  if (process === undefined) {
    return {
      status: 'failed',
      failure: { error: `The process ${JSON.stringify(processId)} is not deployed any more` },
    };
  }
  const ledger = createResourceLedger();
  let logs: LogKeeper | undefined;
  let surroundings: Surroundings | undefined;
  let leave: (() => void) | undefined;
  let secrets = NO_SECRETS;
  const disk = watchDisk(attempt.directory, runtime.options.maxJobBytes);
  try {
    const document = packedDocument(process);
    secrets = openJobSecrets(job, document, runtime.options);
    logs = keepLogs(attempt, runtime, secrets);
    const prepared = await prepareRun(attempt, document, secrets, runtime);
    surroundings = await openSurroundings(attempt, prepared, maskingUpdates(runtime, secrets));
    const cwltoolJob = { ...prepared, ...surroundings.job };
    leave = await runtime.admission.enter(requiredResources(cwltoolJob.document), signal);
    const until = AbortSignal.any([signal, disk.signal]);
    const result = await runToEnd(cwltoolJob, { ...attempt, signal: until }, runtime, [ledger, logs]);
    until.throwIfAborted();
    return await endOf(result, attempt, runtime, ledger.total(result.usage), logs, secrets);
  } catch (error) {
    if (!signal.aborted && error instanceof DaybookError && isOwnFault(error)) {
      return { status: 'failed', failure: { error: secrets.mask(error.message) } };
    }
    throw error;
  } finally {
    disk.stop();
    leave?.();
    await logs?.close();
    await surroundings?.close();
  }
}

/** What a step says in a sandbox, the worker publishes. */
function maskingUpdates(runtime: JobRuntime, { mask }: JobSecrets): JobRuntime {
  return { ...runtime, publish: (update, signal) => runtime.publish(maskUpdate(update, mask), signal) };
}

function packedDocument(process: ProcessDocument): JsonObject {
  if (isJsonObject(process.cwl)) {
    return process.cwl;
  }
  throw new DaybookError('corrupt', `The process ${process.id} has no packed CWL document in its member "cwl"`);
}

function keepLogs(
  { job, attempt, directory }: JobAttempt,
  { outputStore, options }: JobRuntime,
  { values }: JobSecrets,
): LogKeeper {
  const { maxLogBytes: maxBytes, log } = options;
  const secrets = allSpellings(Object.values(values));
  return startLogKeeper({ jobId: job.id, attempt, directory, logs: outputStore.logs, maxBytes, secrets, log });
}

async function prepareRun(
  { job, attempt, directory, signal }: JobAttempt,
  document: JsonObject,
  secrets: JobSecrets,
  { options, workDirectory, inputCache }: JobRuntime,
): Promise<CwltoolJob> {
  const serverInputs = {
    ...options.serverInputs,
    job_id: job.id,
    jobs_data_sns_topic_arn: options.topicArn,
    job_inputs: JSON.stringify(job.inputs),
  };
  const inputs = { ...job.inputs, ...secrets.values };
  const sent = buildJobOrder(document, inputs, serverInputs, { secrets: secrets.ids });
  const jobOrder = await checkInputs(sent, options.inputRoots);
  const [stagedOrder, stagedDocument] = await stageIn(
    [jobOrder, declareSecrets(document, Object.keys(secrets.values))] as const,
    join(directory, 'stage-in'),
    options.stageIn,
    signal,
    updatesInPlace(document) ? undefined : inputCache?.shareOf(job['user-id']),
  );
  return {
    id: `${job.id}-${attempt}`,
    document: stagedDocument,
    jobOrder: stagedOrder,
    directory,
    processLimits: options.processLimits,
    extraArguments: [
      ...engineFlags(options.containerEngine),
      ...(await traceContainers(options.containerEngine, directory)),
      ...options.cwltoolArguments,
    ],
    pathPrefix: [workDirectory.binDirectory],
    wallLimitMs: options.wallLimitSeconds * 1000,
    // After a lost lease the job is dead before the queue gives it to another worker.
    graceMs: Math.min(LONGEST_GRACE_MS, (options.leaseSeconds * 1000) / 10),
  };
}

/** A cwltool that is being started again refuses runs for a moment; the job waits for it. */
function runToEnd(
  cwltoolJob: CwltoolJob,
  { signal, onProgress }: JobAttempt,
  { cwltool, options }: JobRuntime,
  followers: readonly { apply(event: RunEvent): void }[],
): Promise<RunResult> {
  const tracker = createProgressTracker();
  const onEvent = (event: RunEvent): void => {
    for (const follower of followers) follower.apply(event);
    const progress = tracker.apply(event);
    if (progress !== undefined) {
      onProgress(progress);
    }
  };
  const runOnce = async (): Promise<RunResult> => {
    const run = cwltool().run(cwltoolJob, onEvent);
    const cancel = (): void => run.cancel(describeError(signal.reason));
    signal.addEventListener('abort', cancel, { once: true });
    try {
      const result = await run.result;
      if (result.status === 'stopped') {
        await removeContainers(options.containerEngine, cwltoolJob.directory, options.log);
      }
      return result;
    } finally {
      signal.removeEventListener('abort', cancel);
    }
  };
  return retry(runOnce, {
    signal,
    isPassing: (error) => isDaybookError(error, 'unavailable'),
    onFirstFailure: (error) =>
      options.log('warn', `A job waits for cwltool: ${describeError(error)}`, { job: cwltoolJob.id }),
  });
}

async function endOf(
  result: RunResult,
  attempt: JobAttempt,
  runtime: JobRuntime,
  resources: JobResources,
  logs: LogKeeper,
  { mask }: JobSecrets,
): Promise<JobEnd> {
  if (result.status === 'success') {
    return { status: 'succeeded', collected: await publishOutputs(result.outputs, attempt, runtime), resources };
  }
  const { directory } = attempt;
  const tool = result.status === 'failed' ? result.failure.toolLog : logs.newestTool();
  const tail = await lastWords(directory, tool, mask);
  const withTail = (reason: string): string => (tail === '' ? reason : `${reason}\n\nThe end of its log:\n${tail}`);
  if (result.status === 'failed') {
    const { message, step, exitCode } = result.failure;
    const failure = {
      error: withTail(mask(explainContainerFailure(message, runtime.options.containerEngine))),
      ...(step !== undefined && { failedStep: step }),
      ...(exitCode !== undefined && { exitCode }),
    };
    return { status: 'failed', failure, resources };
  }
  if (result.reason === 'wall-limit') {
    const reason = `The job was stopped after the wall limit of ${runtime.options.wallLimitSeconds} seconds`;
    return { status: 'failed', failure: { error: withTail(reason) }, resources };
  }
  return { status: 'interrupted', reason: `The run was ended from outside: ${result.reason}` };
}

async function publishOutputs(
  outputObject: JsonObject,
  { job, attempt, directory, signal, beforePublish }: JobAttempt,
  { outputStore, options }: JobRuntime,
): Promise<CollectedOutputs> {
  const staged = await outputStore.stage(job.id, attempt, {
    ownedRoot: directory,
    readableRoots: options.inputRoots,
    signal,
  });
  try {
    const baseUrl = `${options.publicUrl}/jobs/${encodeURIComponent(job.id)}/outputs`;
    const collected = await collectOutputs(outputObject, staged, baseUrl);
    beforePublish();
    signal.throwIfAborted();
    await staged.publish();
    return collected;
  } catch (error) {
    await staged.discard();
    throw error;
  }
}
