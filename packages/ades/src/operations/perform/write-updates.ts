import { DaybookError } from '@daybook/errors';
import type { JobUpdate } from '@daybook/jobs';
import type { JobsDatabase } from '@daybook/jobs-database';

/** Writes at most one update per job; gives why, by job id, for those that can never be written. Rejects with `unavailable` where it is not sure of all others. */
export async function writeUpdates(
  database: JobsDatabase,
  updates: readonly JobUpdate[],
): Promise<ReadonlyMap<string, string>> {
  const outcomes = await database.applyUpdates(updates);
  const failures = new Map<string, string>();
  outcomes.forEach((outcome, i) => {
    if (outcome.result === 'unavailable') throw new DaybookError('unavailable', outcome.reason);
    if (outcome.result === 'poison') failures.set(updates[i]!.id, outcome.reason);
  });
  return failures;
}

/** What is said of a job that is not there any more. */
export function goneJobs(ids: readonly string[], found: readonly { readonly id: string }[]): Map<string, string> {
  const there = new Set(found.map(({ id }) => id));
  return new Map(ids.filter((id) => !there.has(id)).map((id) => [id, `There is no job ${id} any more`]));
}
