import { DaybookError } from '@daybook/errors';
import type { StatusInfo } from '../ades/jobs.ts';
import type { Transport } from '../ades/transport.ts';
import type { CommandContext } from '../command-context.ts';
import { EXIT } from '../exit-codes.ts';
import { tintOf } from '../rendering/job-columns.ts';
import { tell } from '../rendering/print.ts';
import { safeText } from '../rendering/safe-text.ts';
import { styleOf } from '../rendering/style.ts';
import { pollJobs } from './poll-jobs.ts';

/**
 * Waits for jobs and tells how each of them ended. Sets the exit code where one did not succeed, and throws `timeout` where the time is over
 * before.
 */
export async function waitForJobs(
  ades: Transport,
  ids: readonly string[],
  { timeoutSeconds, context }: { readonly timeoutSeconds: number | undefined; readonly context: CommandContext },
): Promise<void> {
  const style = styleOf(process.stderr, context.environment);
  const ended = (job: StatusInfo): void => {
    if (job.status !== 'successful') process.exitCode = EXIT.failure;
    tell(`${job.jobID} ${style(tintOf(job.status) ?? 'bold', job.status)}: ${safeText(job.message)}`);
  };
  const open = await pollJobs(ades, ids, { timeoutSeconds, signal: context.signal, ended });
  if (open.length === 0) return;
  const which = open.length === 1 ? `job ${open[0]} has` : `${open.length} jobs have`;
  throw new DaybookError('timeout', `${which} not ended within ${timeoutSeconds} s`);
}
