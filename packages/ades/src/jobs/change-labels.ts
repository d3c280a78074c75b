import { DaybookError } from '@daybook/errors';
import { type JobDocument, type LabelChange, labelChange, stateOf } from '@daybook/jobs';
import type { JobsDatabase } from '@daybook/jobs-database';
import { applyUpdate } from './apply-update.ts';
import { checkLabels, MAX_LABELS } from './check-labels.ts';

/** Labels that one job may ever have been given or have lost: each is kept, so that a late update cannot bring it back. */
const MAX_CHANGED_LABELS = 10_000;

/** Throws `invalid-argument` for labels that no job may have, and for one that is both added and removed. */
export function checkLabelChange({ add, remove }: LabelChange): void {
  checkLabels(add, 'add-labels');
  checkLabels(remove, 'remove-labels');
  const both = add.find((label) => remove.includes(label));
  if (both !== undefined) {
    throw new DaybookError('invalid-argument', `label ${JSON.stringify(both)} is both added and removed`);
  }
}

/** Changes the labels of a job, whoever else writes it; throws `invalid-argument` where it would have more than it may. */
export async function changeLabels(database: JobsDatabase, job: JobDocument, change: LabelChange): Promise<void> {
  checkChangedLabels(job, change);
  await applyUpdate(database, labelChange(stateOf(job.id, job), change));
}

/** Throws `invalid-argument` where the job would have more labels than it may. */
export function checkChangedLabels(job: JobDocument, { add, remove }: LabelChange): void {
  const labels = new Set([...job.labels.filter((label) => !remove.includes(label)), ...add]);
  const changed = Object.keys(stateOf(job.id, job)['label-changes'] ?? {}).length + add.length + remove.length;
  if (labels.size <= MAX_LABELS && changed <= MAX_CHANGED_LABELS) return;
  const limit =
    labels.size > MAX_LABELS
      ? `have ${labels.size} labels: at most ${MAX_LABELS} are allowed`
      : `have changed ${changed} labels: at most ${MAX_CHANGED_LABELS} are allowed`;
  throw new DaybookError('invalid-argument', `Job ${job.id} would ${limit}`);
}
