import { dismissal, statusUpdate } from '@daybook/jobs';
import { mapBounded } from '@daybook/jobs-database';
import type { AdesContext } from '../../ades-context.ts';
import { digestUuid } from '../../jobs/digest-uuid.ts';
import { LONG_JOB_FIELDS } from '../../jobs/long-job-fields.ts';
import type { Operation } from '../operation.ts';
import type { Failures } from './failures.ts';
import { goneJobs, writeUpdates } from './write-updates.ts';

/** Jobs whose outputs are removed at once. */
const MAX_REMOVING = 4;

/** Dismisses those that are open; one that has ended meanwhile stays as it ended. */
export async function dismissJobs(
  { database }: AdesContext,
  operation: Operation,
  ids: readonly string[],
): Promise<Failures> {
  const jobs = await database.getJobs(ids, { withoutFields: LONG_JOB_FIELDS });
  const message = `Dismissed by ${operation['user-id']}`;
  const updates = jobs
    .filter(({ final }) => !final)
    .map(({ id }) => dismissal({ id, message }, { eventId: eventIdOf(operation, id) }));
  return new Map([...goneJobs(ids, jobs), ...(await writeUpdates(database, updates))]);
}

/** Removes the outputs of those that have ended. */
export async function removeOutputs(
  { database, outputStore }: AdesContext,
  operation: Operation,
  ids: readonly string[],
): Promise<Failures> {
  const jobs = await database.getJobs(ids, { withoutFields: LONG_JOB_FIELDS });
  const failures = goneJobs(ids, jobs);
  for (const { id, final, state } of jobs) {
    if (!final) failures.set(id, `Job ${id} is ${state}: it has not ended`);
  }
  const time = new Date();
  const updates = jobs
    .filter(({ id, 'removed-time': removed }) => !failures.has(id) && removed === undefined)
    .map(({ id }) =>
      statusUpdate({ id, 'removed-time': time.toISOString() }, { time, eventId: eventIdOf(operation, id) }),
    );
  for (const [id, reason] of await writeUpdates(database, updates)) failures.set(id, reason);
  const removable = jobs.filter(({ id }) => !failures.has(id));
  await mapBounded(removable, MAX_REMOVING, async ({ id }) => {
    await outputStore.remove(id).catch((error: unknown) => {
      failures.set(id, `The outputs could not be removed: ${error instanceof Error ? error.message : String(error)}`);
    });
  });
  return failures;
}

/** The event of an operation's change of a job, which is the same when it is done again. */
export function eventIdOf(operation: Operation, jobId: string): string {
  return digestUuid(['operation', operation.id, jobId, 'event']);
}
