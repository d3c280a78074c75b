import { setTimeout as delay } from 'node:timers/promises';
import type { JsonObject } from '@daybook/cwl';
import { DaybookError } from '@daybook/errors';
import { type JobUpdate, presumedFailure, statusUpdate, verdict } from '@daybook/jobs';
import type { JobsDatabase } from '@daybook/jobs-database';
import { pathSegment } from '../http/base-url.ts';
import type { BuiltInProcess } from './built-in-process.ts';
import { BUILT_IN_PROCESSES } from './built-in-processes.ts';

/** Jobs of built-in processes that one ADES runs at once. */
const MAX_RUNNING = 100;
const MAX_TRIES = 10;
const RETRY_INTERVAL_MS = 1_000;
const MAX_ENDED_AT_ONCE = 100;

/** What stands in a job's `worker`. */
const WORKER = 'ades';

/** Runs jobs of built-in processes; their documents get the updates that a worker's would, through the same merge. */
export interface BuiltInRunner {
  /** A place for one job. Throws `unavailable` where all are taken. */
  reserve(): RunnerPlace;
  /** Fails what was submitted before `olderThan` and has not ended: the ADES that ran it is gone, as every job ends much sooner. */
  endAbandoned(olderThan: Date): Promise<void>;
  /** Fails the jobs that still run. */
  close(): Promise<void>;
}

/** The place of one job: either started once or given back. */
interface RunnerPlace {
  start(process: BuiltInProcess, job: { readonly id: string; readonly inputs: JsonObject }, baseUrl: string): void;
  release(): void;
}

type RunnerDatabase = Pick<JobsDatabase, 'applyUpdates' | 'searchJobs'>;

/** Builds the runner on the jobs database. */
export function createBuiltInRunner(database: RunnerDatabase, log: (message: string) => void): BuiltInRunner {
  const closing = new AbortController();
  const running = new Set<Promise<void>>();
  let taken = 0;

  async function write(update: JobUpdate): Promise<void> {
    for (let tried = 1; ; tried += 1) {
      const [outcome] = await database.applyUpdates([update]);
      if (outcome === undefined || !('reason' in outcome)) return;
      if (outcome.result === 'poison' || tried === MAX_TRIES || closing.signal.aborted) {
        log(`an update of job ${update.id} was not written: ${outcome.reason}`);
        return;
      }
      await delay(RETRY_INTERVAL_MS, undefined, { signal: closing.signal }).catch(() => undefined);
    }
  }

  async function run(process: BuiltInProcess, id: string, inputs: JsonObject, baseUrl: string): Promise<void> {
    const time = new Date().toISOString();
    const run = { id, attempt: 1, worker: WORKER, 'start-time': time } as const;
    // With a queue-time, as nothing is to send it to the workers.
    await write(statusUpdate({ ...run, status: 'running', 'queue-time': time }));
    try {
      const results = await process.run(inputs, closing.signal);
      const url = `${baseUrl}/jobs/${pathSegment(id)}/outputs`;
      const outputs = Object.fromEntries(Object.keys(results).map((name) => [name, `${url}/${pathSegment(name)}`]));
      await write(verdict({ ...run, status: 'succeeded', outputs, results }));
    } catch (error) {
      const reason = closing.signal.aborted ? 'The server was stopped while the job ran' : String(error);
      await write(verdict({ ...run, status: 'failed', error: reason }));
    }
  }

  return {
    reserve() {
      if (taken >= MAX_RUNNING || closing.signal.aborted) {
        throw new DaybookError('unavailable', `${MAX_RUNNING} jobs of built-in processes run already: try again later`);
      }
      taken += 1;
      let isHeld = true;
      const release = (): void => {
        if (isHeld) taken -= 1;
        isHeld = false;
      };
      return {
        release,
        start(process, { id, inputs }, baseUrl) {
          const done = run(process, id, inputs, baseUrl)
            .catch((error: unknown) => log(`job ${id} of ${process.id} was lost: ${String(error)}`))
            .finally(() => {
              release();
              running.delete(done);
            });
          running.add(done);
        },
      };
    },
    async endAbandoned(olderThan) {
      const { items } = await database.searchJobs({
        filter: {
          processIds: [...BUILT_IN_PROCESSES.keys()],
          states: ['accepted', 'running'],
          submitTime: { to: olderThan.toISOString() },
        },
        size: MAX_ENDED_AT_ONCE,
      });
      const error = 'The server that ran the job ended before it';
      if (items.length > 0) await database.applyUpdates(items.map(({ id }) => presumedFailure({ id, error })));
    },
    async close() {
      closing.abort();
      await Promise.all(running);
    },
  };
}
