import { DaybookError } from '@daybook/errors';
import type { JobUpdate } from '@daybook/jobs';
import type { JobsDatabase } from '@daybook/jobs-database';

/** Writes an update of a job; throws `unavailable` where that is not sure. */
export async function applyUpdate(database: JobsDatabase, update: JobUpdate): Promise<void> {
  const [outcome] = await database.applyUpdates([update]);
  if (outcome?.result === 'applied' || outcome?.result === 'unchanged') return;
  if (outcome?.result === 'unavailable') throw new DaybookError('unavailable', outcome.reason);
  throw new DaybookError('internal', `An update of job ${update.id} was not taken: ${outcome?.reason ?? 'no outcome'}`);
}
