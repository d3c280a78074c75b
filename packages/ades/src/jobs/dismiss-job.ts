import { DaybookError } from '@daybook/errors';
import { dismissal, type JobDocument, type JobUpdate, statusUpdate } from '@daybook/jobs';
import type { AdesContext } from '../ades-context.ts';

/** What became of a job that was deleted. */
export interface DismissedJob {
  readonly job: JobDocument;
  readonly time: string;
  readonly message: string;
}

/**
 * Dismisses a job that is open; its worker ends it. Of a job that had ended, the outputs are removed and `removed-time` is set: how it ended
 * stays known. Both may be repeated.
 */
export async function dismissJob(context: AdesContext, job: JobDocument, userId: string): Promise<DismissedJob> {
  if (job.final) {
    const update = statusUpdate({ id: job.id, 'removed-time': new Date().toISOString() });
    if (job['removed-time'] === undefined) await apply(context, update);
    await context.outputStore.remove(job.id);
    return { job, time: update.time, message: `The job had ended as ${job.status}; its outputs are removed` };
  }
  const update = dismissal({ id: job.id, message: `Dismissed by ${userId}` });
  await apply(context, update);
  return { job, time: update.time, message: `Dismissed by ${userId}` };
}

async function apply(context: AdesContext, update: JobUpdate): Promise<void> {
  const [outcome] = await context.database.applyUpdates([update]);
  if (outcome?.result === 'applied' || outcome?.result === 'unchanged') return;
  if (outcome?.result === 'unavailable') throw new DaybookError('unavailable', outcome.reason);
  throw new DaybookError('internal', `An update of job ${update.id} was not taken: ${outcome?.reason ?? 'no outcome'}`);
}
