import { constants } from 'node:fs';
import { open, rm, stat, writeFile } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { DaybookError } from '@daybook/errors';
import type { CwltoolRun } from './cwltool.ts';
import type { JsonObject } from './json.ts';
import type { CwltoolJob, RunEvent, RunFailure, RunResult, RunUsage, StopReason } from './run.ts';
import type { Task, TaskEnd, TaskEvent, TaskHost, TaskRequest } from './task-host.ts';

const DEFAULT_GRACE_MS = 3000;
const MAX_OUTPUTS_BYTES = 64 * 2 ** 20;
const RUN_EVENTS = new Set<string>(['started', 'plan', 'step-started', 'step-ended', 'tool-started', 'tool-ended']);

/** Runs a job on `host`. `isClosing` tells, at its end, whether it was ended because cwltool is closed. */
export function runCwltool(
  host: TaskHost,
  job: CwltoolJob,
  onEvent: (event: RunEvent) => void,
  isClosing: () => boolean,
): CwltoolRun {
  let cancelReason: string | undefined;
  let task: Task | undefined;
  let failure: RunFailure | undefined;

  const receive = (event: TaskEvent): void => {
    if (event.event === 'failure') failure = runFailure(event);
    else if (RUN_EVENTS.has(event.event)) onEvent(runEvent(event));
  };
  const go = async (): Promise<RunResult> => {
    await prepare(job);
    try {
      if (cancelReason !== undefined)
        return { status: 'stopped', reason: 'cancelled', cancelReason, usage: { wallMs: 0 } };
      task = host.start(runRequest(job), receive);
      const end = await task.end;
      return await result(job, end, failure, isClosing() ? 'closed' : 'cancelled', cancelReason);
    } finally {
      // The run itself removes it, once it has read it.
      await rm(jobOrderPath(job), { force: true });
    }
  };
  return {
    result: go(),
    cancel: (reason) => {
      if (cancelReason !== undefined) return;
      cancelReason = reason;
      task?.cancel();
    },
  };
}

async function prepare(job: CwltoolJob): Promise<void> {
  const isDirectory = isAbsolute(job.directory) && (await stat(job.directory).catch(() => undefined))?.isDirectory();
  if (!isDirectory) {
    const message = `directory: ${job.directory} is not the absolute path of an existing directory`;
    throw new DaybookError('invalid-argument', message, { detail: { directory: job.directory } });
  }
  // Readable by the owner alone: inputs may be secret.
  await writeFile(join(job.directory, 'process.json'), JSON.stringify(job.document), { mode: 0o600 });
  await writeFile(jobOrderPath(job), JSON.stringify(job.jobOrder), { mode: 0o600 });
}

function jobOrderPath({ directory }: CwltoolJob): string {
  return join(directory, 'inputs.json');
}

function runRequest(job: CwltoolJob): TaskRequest {
  return {
    op: 'run',
    id: job.id,
    document: join(job.directory, 'process.json'),
    jobOrder: jobOrderPath(job),
    directory: job.directory,
    parallel: job.parallel ?? false,
    arguments: job.extraArguments ?? [],
    environment: job.environment ?? {},
    pathPrefix: job.pathPrefix ?? [],
    graceMs: job.graceMs ?? DEFAULT_GRACE_MS,
    ...(job.wallLimitMs !== undefined && { wallLimitMs: job.wallLimitMs }),
    ...(job.processLimits !== undefined && { processLimits: { ...job.processLimits } }),
    ...(job.sandbox !== undefined && { sandbox: { ...job.sandbox } }),
  };
}

/** The wire's events carry the fields of {@link RunEvent} under the same names. */
function runEvent({ event, id: _, ...fields }: TaskEvent): RunEvent {
  return { type: event, ...fields } as unknown as RunEvent;
}

function runFailure(event: TaskEvent): RunFailure {
  return {
    message: String(event.message),
    ...(typeof event.step === 'string' && { step: event.step }),
    ...(typeof event.exitCode === 'number' && { exitCode: event.exitCode }),
    ...(typeof event.toolLog === 'number' && { toolLog: event.toolLog }),
  };
}

async function result(
  job: CwltoolJob,
  end: TaskEnd,
  failure: RunFailure | undefined,
  whenCancelled: StopReason,
  cancelReason: string | undefined,
): Promise<RunResult> {
  const usage = runUsage(end);
  if (end.reason !== undefined) {
    const reason = end.reason === 'cancelled' && cancelReason === undefined ? whenCancelled : end.reason;
    return { status: 'stopped', reason, ...(cancelReason !== undefined && { cancelReason }), usage };
  }
  if (end.exitCode !== 0) {
    return { status: 'failed', failure: failure ?? { message: `cwltool exited with status ${end.exitCode}` }, usage };
  }
  return { status: 'success', outputs: await readOutputs(join(job.directory, 'outputs.json')), usage };
}

function runUsage({ wallMs, cpuMs, peakMemoryBytes }: TaskEnd): RunUsage {
  return {
    wallMs,
    ...(cpuMs !== undefined && { cpuMs }),
    ...(peakMemoryBytes !== undefined && { peakMemoryBytes }),
  };
}

async function readOutputs(path: string): Promise<JsonObject> {
  // A tool may have put a link to a file of ours in its place, or a pipe that never ends.
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch((cause) => {
    throw new DaybookError('corrupt', 'the outputs of the workflow are gone: a tool has removed them', { cause });
  });
  try {
    const { size } = await file.stat();
    if (size > MAX_OUTPUTS_BYTES) {
      throw new DaybookError(
        'limit-exceeded',
        `the outputs of the workflow are over ${MAX_OUTPUTS_BYTES} bytes of JSON`,
      );
    }
    return JSON.parse(await file.readFile('utf8')) as JsonObject;
  } catch (cause) {
    if (cause instanceof DaybookError) throw cause;
    throw new DaybookError('corrupt', 'the outputs of the workflow cannot be read: a tool has changed them', { cause });
  } finally {
    await file.close();
  }
}
