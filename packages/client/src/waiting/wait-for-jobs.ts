import { DaybookError } from '@daybook/errors';
import type { JobState, StatusInfo } from '../ades/jobs.ts';
import type { Transport } from '../ades/transport.ts';
import type { CommandContext } from '../command-context.ts';
import { EXIT } from '../exit-codes.ts';
import { tintOf } from '../rendering/job-columns.ts';
import { tell } from '../rendering/print.ts';
import { startProgress } from '../rendering/progress.ts';
import { safeText } from '../rendering/safe-text.ts';
import { styleOf } from '../rendering/style.ts';
import { pollJobs } from './poll-jobs.ts';

/** Jobs of which each is told of; of more of them only those that did not succeed, as many as this, and how many ended how. */
const FEW = 20;

/**
 * Waits for jobs and tells how they ended. Sets the exit code where one did not succeed, and throws `timeout` where the time is over before.
 */
export async function waitForJobs(
  ades: Transport,
  ids: readonly string[],
  { timeoutSeconds, context }: { readonly timeoutSeconds: number | undefined; readonly context: CommandContext },
): Promise<void> {
  const style = styleOf(process.stderr, context.environment);
  const progress = startProgress({ what: 'waiting', total: ids.length });
  const counts = new Map<JobState, number>();
  let told = 0;
  let done = 0;
  const ended = (job: StatusInfo): void => {
    counts.set(job.status, (counts.get(job.status) ?? 0) + 1);
    if (job.status !== 'successful') process.exitCode = EXIT.failure;
    if (ids.length <= FEW || (job.status !== 'successful' && told < FEW)) {
      told += 1;
      progress.end();
      tell(`${job.jobID} ${style(tintOf(job.status) ?? 'bold', job.status)}: ${safeText(job.message)}`);
    }
    done += 1;
    progress.update(done);
  };
  const open = await pollJobs(ades, ids, { timeoutSeconds, signal: context.signal, ended }).finally(() =>
    progress.end(),
  );
  if (ids.length > FEW) tell([...counts].map(([state, count]) => `${count} ${state}`).join(', '));
  if (open.length === 0) return;
  const which = open.length === 1 ? `job ${open[0]} has` : `${open.length} jobs have`;
  throw new DaybookError('timeout', `${which} not ended within ${timeoutSeconds} s`);
}
