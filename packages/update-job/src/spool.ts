import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JobUpdate } from '@daybook/jobs';

/**
 * Leaves an update that could not be published in the folder from which the worker sends it before the job's verdict
 * (UPDATE-SPOOL.md of the package `worker`). False where it cannot be left.
 */
export function spool(update: JobUpdate, text: string, folder: string): boolean {
  const path = join(folder, `${Date.parse(update.time)}-${update['event-id']}`);
  try {
    writeFileSync(`${path}.part`, text, { flag: 'wx', mode: 0o600 });
    renameSync(`${path}.part`, `${path}.json`);
    return true;
  } catch {
    return false;
  }
}
