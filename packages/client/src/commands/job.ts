import type { Command } from 'commander';
import { getJob, type StatusInfo } from '../ades/jobs.ts';
import type { CommandContext } from '../command-context.ts';
import { addConnectionOption, type ConnectionOptions, connect } from '../options/connection.ts';
import { formatDuration, secondsBetween } from '../rendering/format-time.ts';
import { ranSeconds, statusText, tintOf } from '../rendering/job-columns.ts';
import { json, print } from '../rendering/print.ts';
import { safeText } from '../rendering/safe-text.ts';
import { type Style, styleOf } from '../rendering/style.ts';
import { renderPairs } from '../rendering/table.ts';

/** `daybook job ID` */
export function configure(command: Command, context: CommandContext): void {
  addConnectionOption(command)
    .argument('<id>', 'the job')
    .option('--json', 'the status as the ADES gives it')
    .action(async (id: string, options: ConnectionOptions & { readonly json?: boolean }) => {
      const job = await getJob(connect(options, context), id);
      print(options.json === true ? json(job) : renderJob(job, styleOf(process.stdout, context.environment)));
    });
}

function renderJob(job: StatusInfo, style: Style): string {
  const waited = secondsBetween(job.created, job.started);
  const ran = ranSeconds(job);
  const tint = tintOf(job.status);
  const status = statusText(job);
  return renderPairs(
    [
      ['job', job.jobID],
      ['process', job.processID],
      ['status', tint === undefined ? status : style(tint, status)],
      ['message', safeText(job.message)],
      ['error class', job['error-class']],
      ['labels', job.labels?.map(safeText).join(', ')],
      ['user', job['user-id']],
      ['submitted', job.created],
      ['started', job.started && `${job.started}${waited === undefined ? '' : `, after ${formatDuration(waited)}`}`],
      ['ended', job.finished],
      ['ran', ran === undefined ? undefined : formatDuration(ran)],
      ['retry of', job['retry-of']],
      ['superseded by', job['superseded-by']],
    ],
    style,
  );
}
