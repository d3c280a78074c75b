import { setTimeout as delay } from 'node:timers/promises';
import type { Command } from 'commander';
import { listJobs } from '../ades/jobs.ts';
import type { CommandContext } from '../command-context.ts';
import { addConnectionOption, type ConnectionOptions, connect } from '../options/connection.ts';
import { addJobFilters, filterParameters, type JobFilters } from '../options/job-filters.ts';
import { integerOption } from '../options/parse-integer.ts';
import { jobColumns } from '../rendering/job-columns.ts';
import { addFormatOptions, CLEAR, type FormatOptions, formatOf, print, renderList, tell } from '../rendering/print.ts';
import { styleOf } from '../rendering/style.ts';

const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 10_000;
const WATCH_MS = 2_000;

interface Options extends ConnectionOptions, FormatOptions, JobFilters {
  readonly sort?: string;
  readonly limit: number;
  readonly watch?: boolean;
}

/** `daybook jobs` */
export function configure(command: Command, context: CommandContext): void {
  addFormatOptions(addJobFilters(addConnectionOption(command)))
    .option('--sort <KEY>', 'created, started, finished, updated, status, jobID, duration; with - before it descending')
    .option('--limit <N>', 'most jobs to show', integerOption('--limit', 1, MAX_LIMIT), DEFAULT_LIMIT)
    .option('--watch', 'show them again every two seconds, until Ctrl-C')
    .action(async (options: Options) => {
      const render = await jobLister(options, context);
      if (options.watch !== true) {
        print(await render());
        return;
      }
      for (;;) {
        const shown = await render();
        print(process.stdout.isTTY ? `${CLEAR}${shown}` : shown);
        await delay(WATCH_MS, undefined, { signal: context.signal });
      }
    });
}

/** Gives what is to be printed of the jobs as they are at each call. */
async function jobLister(options: Options, context: CommandContext): Promise<() => Promise<string>> {
  const format = formatOf(options);
  const query = filterParameters(options);
  if (options.sort !== undefined) query.set('sortby', options.sort);
  const ades = connect(options, context);
  const style = styleOf(process.stdout, context.environment);
  return async () => {
    const { jobs, hasMore } = await listJobs(ades, query, options.limit);
    if (hasMore && options.watch !== true)
      tell(`the first ${jobs.length}; there are more: --limit N shows more of them`);
    return renderList(format, jobColumns, jobs, { style, width: process.stdout.columns });
  };
}
