import { isDaybookError } from '@daybook/errors';
import { type JobDocument, type JobUpdate, labelChange, stateOf } from '@daybook/jobs';
import type { AdesContext } from '../../ades-context.ts';
import { checkChangedLabels } from '../../jobs/change-labels.ts';
import { readableJob } from '../../jobs/readable-job.ts';
import type { Operation } from '../operation.ts';
import { eventIdOf } from './dismiss.ts';
import type { Failures } from './failures.ts';
import { goneJobs, writeUpdates } from './write-updates.ts';

/** Adds and removes labels. */
export async function changeLabelsOf(
  { database }: AdesContext,
  operation: Operation,
  ids: readonly string[],
): Promise<Failures> {
  const jobs = await database.getJobs(ids);
  const failures = goneJobs(ids, jobs);
  const updates: JobUpdate[] = [];
  for (const job of jobs) {
    try {
      updates.push(...changeOf(operation, readableJob(job)));
    } catch (error) {
      if (!isDaybookError(error)) throw error;
      failures.set(job.id, error.message);
    }
  }
  for (const [id, reason] of await writeUpdates(database, updates)) failures.set(id, reason);
  return failures;
}

/** None where the job has it already: what was changed since must stay. */
function changeOf(operation: Operation, job: JobDocument): readonly JobUpdate[] {
  const { 'add-labels': add = [], 'remove-labels': remove = [] } = operation;
  const state = stateOf(job.id, job);
  const eventId = eventIdOf(operation, job.id);
  if (Object.values(state['label-changes'] ?? {}).some(({ id }) => id === eventId)) return [];
  checkChangedLabels(job, { add, remove });
  return [labelChange(state, { add, remove }, { time: new Date(operation.created), eventId })];
}
