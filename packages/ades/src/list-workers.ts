import type { JobsDatabase, WorkerDocument } from '@daybook/jobs-database';

/** A worker as the health report lists it. */
export interface WorkerEntry {
  readonly id: string;
  /** What it said last; `silent` where it has not said anything for six heartbeats, though it did not stop. */
  readonly state: unknown;
  readonly 'heartbeat-time': string;
  readonly [member: string]: unknown;
}

const SILENT_AFTER_MS = 30_000;
const MAX_LISTED = 1000;
/** What is said of a worker as it is in its document. */
const SHOWN = [
  'reason',
  'host',
  'version',
  'slots',
  'running-jobs',
  'sandbox',
  'sandbox-reason',
  'cwltool-mode',
  'cwltool-version',
];

/** The workers that share the database, by id; none where it does not answer. */
export async function listWorkers(database: Pick<JobsDatabase, 'workers'>, timeoutMs: number): Promise<WorkerEntry[]> {
  const signal = AbortSignal.timeout(timeoutMs);
  const page = await database.workers.list({ size: MAX_LISTED }, { signal }).catch(() => undefined);
  return (page?.items ?? []).map((worker) => workerEntry(worker, Date.now()));
}

function workerEntry(worker: WorkerDocument, now: number): WorkerEntry {
  const { id, state, 'heartbeat-time': heartbeat } = worker;
  const isSilent = state !== 'stopped' && now - Date.parse(heartbeat) > SILENT_AFTER_MS;
  const shown = SHOWN.flatMap((name) => (worker[name] === undefined ? [] : [[name, worker[name]] as const]));
  return { id, state: isSilent ? 'silent' : state, 'heartbeat-time': heartbeat, ...Object.fromEntries(shown) };
}
