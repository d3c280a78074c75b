import { hostname } from 'node:os';
import { forgetSilentWorkers } from './forget-silent-workers.ts';
import type { WorkerDatabase, WorkerLog } from './options.ts';
import { describeError, wait } from './retry.ts';
import type { WorkerHealth } from './worker.ts';

/** Keeps the worker's document in the index `workers` up to date. */
export interface Heartbeat {
  /** Writes the document once more, with the last state. Never rejects. */
  stop(): Promise<void>;
}

/** What a heartbeat works with. */
export interface HeartbeatOptions {
  readonly workers: WorkerDatabase['workers'];
  readonly health: () => WorkerHealth;
  readonly version: string;
  readonly log: WorkerLog;
}

const INTERVAL_MS = 5000;
const LAST_BEAT_TIMEOUT_MS = 2000;

/** Writes the document now and every five seconds. Before that it removes those of workers that are long gone. */
export function startHeartbeat({ workers, health, version, log }: HeartbeatOptions): Heartbeat {
  const stopped = new AbortController();
  const startTime = new Date().toISOString();
  let isAway = false;

  const beat = async (signal: AbortSignal): Promise<void> => {
    const document = { ...workerDocument(health()), version, 'start-time': startTime };
    try {
      await workers.put(document, { signal });
      isAway = false;
    } catch (error) {
      if (!isAway && !stopped.signal.aborted) {
        log('warn', `The worker's document cannot be written for now: ${describeError(error)}`);
      }
      isAway = true;
    }
  };
  const keep = async (): Promise<void> => {
    await forgetSilentWorkers(workers, stopped.signal).catch(() => {});
    for (;;) {
      await beat(stopped.signal);
      await wait(INTERVAL_MS, stopped.signal);
    }
  };
  // It ends only by the signal.
  const ended = keep().catch(() => {});

  return {
    async stop() {
      stopped.abort(new Error('The worker ends'));
      await ended;
      await beat(AbortSignal.timeout(LAST_BEAT_TIMEOUT_MS));
    },
  };
}

function workerDocument({ id, state, reason, slots, runningJobs, sandboxReason, cwltool }: WorkerHealth) {
  return {
    id,
    host: hostname(),
    pid: process.pid,
    state,
    ...(reason !== undefined && { reason }),
    slots,
    'running-jobs': runningJobs,
    ...(cwltool !== undefined && {
      sandbox: sandboxReason === undefined,
      'cwltool-mode': cwltool.mode,
      'cwltool-version': cwltool.cwltoolVersion,
    }),
    ...(sandboxReason !== undefined && { 'sandbox-reason': sandboxReason }),
    'heartbeat-time': new Date().toISOString(),
  };
}
