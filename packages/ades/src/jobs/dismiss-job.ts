import { dismissal, type JobDocument, statusUpdate } from '@daybook/jobs';
import type { AdesContext } from '../ades-context.ts';
import { applyUpdate } from './apply-update.ts';
import type { DismissedJob } from './dismissed-job.ts';

/**
 * Dismisses a job that is open; its worker ends it. Of a job that had ended, the outputs are removed and `removed-time` is set: how it ended
 * stays known. Both may be repeated.
 */
export async function dismissJob(context: AdesContext, job: JobDocument, userId: string): Promise<DismissedJob> {
  if (job.final) {
    const update = statusUpdate({ id: job.id, 'removed-time': new Date().toISOString() });
    if (job['removed-time'] === undefined) await applyUpdate(context.database, update);
    await context.outputStore.remove(job.id);
    return { job, time: update.time, message: `The job had ended as ${job.status}; its outputs are removed` };
  }
  const update = dismissal({ id: job.id, message: `Dismissed by ${userId}` });
  await applyUpdate(context.database, update);
  return { job, time: update.time, message: `Dismissed by ${userId}` };
}
