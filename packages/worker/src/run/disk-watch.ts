import { lstat, opendir } from 'node:fs/promises';
import { join } from 'node:path';
import { DaybookError } from '@daybook/errors';
import { wait } from '../retry.ts';

/** Watches how much a job has on the disk. */
export interface DiskWatch {
  /** Aborted with `limit-exceeded` once it is too much. */
  readonly signal: AbortSignal;
  stop(): void;
}

const INTERVAL_MS = 2000;

/** Looks at a directory every two seconds: what is written and removed in between is not seen. */
export function watchDisk(directory: string, maxBytes: number, intervalMs: number = INTERVAL_MS): DiskWatch {
  const exceeded = new AbortController();
  const stopped = new AbortController();
  const watch = async (): Promise<void> => {
    for (;;) {
      await wait(intervalMs, stopped.signal);
      if ((await usedBytes(directory, maxBytes, stopped.signal)) > maxBytes) {
        const message = `The job has more than ${maxBytes} bytes on the disk`;
        return exceeded.abort(new DaybookError('limit-exceeded', message));
      }
    }
  };
  // It ends only by the signal.
  watch().catch(() => {});
  return { signal: exceeded.signal, stop: () => stopped.abort(new Error('The run has ended')) };
}

/** Bytes of the disk below a directory, counted up to the first over `enough`. What goes away meanwhile counts nothing. */
async function usedBytes(directory: string, enough: number, signal: AbortSignal): Promise<number> {
  let sum = 0;
  const pending = [directory];
  for (let next = pending.pop(); next !== undefined && sum <= enough; next = pending.pop()) {
    signal.throwIfAborted();
    const entries = await opendir(next).catch(() => undefined);
    for await (const entry of entries ?? []) {
      const path = join(next, entry.name);
      if (entry.isDirectory()) {
        pending.push(path);
      }
      const stats = await lstat(path).catch(() => undefined);
      // A sparse file takes less than its length, and one with several names is met once for each.
      const names = stats?.isFile() ? stats.nlink : 1;
      sum += ((stats?.blocks ?? 0) * 512) / names;
    }
  }
  return sum;
}
