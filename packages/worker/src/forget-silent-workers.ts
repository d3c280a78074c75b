import type { WorkerDatabase } from './options.ts';

/** A worker that is silent for so long does not come back under its name; if it does, it writes its document again. */
const FORGOTTEN_AFTER_MS = 24 * 3600 * 1000;
/** The most that one call looks at; the next one sees the others. */
const PAGE = 1000;

/** Removes the documents of workers that have been gone for a day, so that machines that come and go do not fill the list. */
export async function forgetSilentWorkers(workers: WorkerDatabase['workers'], signal: AbortSignal): Promise<void> {
  const { items } = await workers.list({ size: PAGE }, { signal });
  const before = Date.now() - FORGOTTEN_AFTER_MS;
  for (const { id, 'heartbeat-time': heartbeat } of items) {
    if (Date.parse(heartbeat) < before) await workers.delete(id, { signal });
  }
}
