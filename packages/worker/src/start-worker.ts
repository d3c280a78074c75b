import { createHash } from 'node:crypto';
import { hostname } from 'node:os';
import { resolve } from 'node:path';
import { followRequest } from './attempt/follow-request.ts';
import { giveBackLeft } from './attempt/give-back-left.ts';
import type { RunningAttempt } from './attempt/running-attempt.ts';
import { createCwltoolSupply } from './cwltool-supply.ts';
import { startDeadLetterConsumer } from './dead-letters.ts';
import { startDismissalWatch } from './dismissal-watch.ts';
import { startHeartbeat } from './heartbeat.ts';
import { type ResolvedWorkerOptions, resolveWorkerOptions, type WorkerOptions } from './options.ts';
import { startRequestReceiver } from './request-receiver.ts';
import { createAdmission } from './run/admission.ts';
import type { JobRuntime } from './run/execute-job.ts';
import { removeContainers } from './run/job-containers.ts';
import { openUpdateEndpoint, type UpdateEndpoint } from './sandbox/update-endpoint.ts';
import { openInputCache } from './stage-in/input-cache/open-input-cache.ts';
import { createUpdatePublisher } from './update-publisher.ts';
import { openWorkDirectory, type WorkDirectory } from './work-directory.ts';
import type { StopOptions, Worker, WorkerHealth } from './worker.ts';
import type { WorkerContext } from './worker-context.ts';

/**
 * Starts a worker. It takes jobs as soon as cwltool is ready, and waits for database, queues and topic where they are away. Throws
 * `invalid-argument` for a wrong option and `conflict` where another worker has the work directory.
 */
export async function startWorker(given: WorkerOptions): Promise<Worker> {
  const options = resolveWorkerOptions(given, { id: defaultId(given.workDir) });
  const { database, outputStore, sns, topicArn, log } = options;
  const workDirectory = await openWorkDirectory(options.workDir, options.steps.updateJobBin, (directory) =>
    removeContainers(options.containerEngine, directory, log),
  );
  const { inputCache, updateEndpoint } = await openHelpers(options, workDirectory).catch(async (error: unknown) => {
    await workDirectory.release();
    throw error;
  });
  const cwltool = createCwltoolSupply(options.cwltool, options);
  const running = new Set<RunningAttempt>();
  const publisher = createUpdatePublisher({ sns, topicArn, outputStore, log });
  const context: WorkerContext = {
    options,
    publisher,
    workDirectory,
    running,
    runtime: {
      options,
      processes: database.processes,
      outputStore,
      cwltool: cwltool.current,
      admission: createAdmission(options.capacity),
      publish: publisher.publish,
      workDirectory,
      inputCache,
      updateEndpoint,
    },
  };

  const stopped = new AbortController();
  const givenBack = giveBackLeft(workDirectory.receipts, options, stopped.signal);
  const receiver = startRequestReceiver(context, {
    ready: cwltool.ready,
    follow: (message) => followRequest(message, context),
  });
  const dismissals = startDismissalWatch({ database, running, log });
  const deadLetters = startDeadLetterConsumer({ options, publisher });
  let phase: 'running' | 'stopping' | 'stopped' = 'running';
  const health = (): WorkerHealth => {
    const { missing, sandboxReason, health: cwltoolHealth } = cwltool;
    const reason = missing ?? receiver.trouble;
    return {
      state: phase === 'running' && missing !== undefined ? 'waiting' : phase,
      id: options.id,
      slots: options.slots,
      runningJobs: [...running].map(({ jobId }) => jobId),
      ...(reason !== undefined && { reason }),
      ...(sandboxReason !== undefined && { sandboxReason }),
      ...(cwltoolHealth !== undefined && { cwltool: cwltoolHealth }),
    };
  };
  const heartbeat = startHeartbeat({ workers: database.workers, health, version: options.version, log });

  const stop = async ({ mode, timeoutMs }: StopOptions): Promise<void> => {
    phase = 'stopping';
    stopped.abort();
    await Promise.all([receiver.stop(), deadLetters.stop(), givenBack]);
    if (mode === 'finish') {
      await within(timeoutMs, receiver.idle());
    }
    for (const attempt of running) {
      attempt.stop.stop('hand-back');
    }
    await receiver.idle();
    await dismissals.stop();
    phase = 'stopped';
    await heartbeat.stop();
    await updateEndpoint?.close();
    await workDirectory.release();
  };
  let stopping: Promise<void> | undefined;
  return {
    health,
    stop(stopOptions) {
      stopping ??= stop(stopOptions);
      return stopping;
    },
  };
}

async function openHelpers(
  { inputCacheBytes, updateEndpoint, log }: ResolvedWorkerOptions,
  workDirectory: WorkDirectory,
): Promise<Pick<JobRuntime, 'inputCache'> & { readonly updateEndpoint: UpdateEndpoint | undefined }> {
  const directory = workDirectory.inputCache;
  return {
    inputCache: await openInputCache({ directory, maxBytes: inputCacheBytes, log }),
    updateEndpoint: updateEndpoint === undefined ? undefined : await openUpdateEndpoint(updateEndpoint),
  };
}

/** The same for one directory of one host, and for no other. */
function defaultId(workDir: string): string {
  const digest = createHash('sha256').update(resolve(workDir)).digest('hex');
  return `${hostname()}-${digest.slice(0, 8)}`;
}

async function within(timeoutMs: number, promise: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const elapsed = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, timeoutMs);
  });
  await Promise.race([promise, elapsed]);
  clearTimeout(timer);
}
