import type { DaybookError } from '@daybook/errors';
import { exception } from '../http/exception.ts';

/** A job that was made and failed at once, because the workers' queue will never take it. */
export function jobRefused(jobId: string, reason: string): DaybookError {
  return exception('job-refused', `Job ${jobId} failed because it could not be handed over to the workers: ${reason}`);
}
