import type { Command } from 'commander';
import { followChanges } from '../ades/changes.ts';
import { listJobs, type StatusInfo } from '../ades/jobs.ts';
import type { CommandContext } from '../command-context.ts';
import { addConnectionOption, type ConnectionOptions, connect } from '../options/connection.ts';
import { addJobFilters, changeParameters, filterParameters, type JobFilters } from '../options/job-filters.ts';
import { integerOption } from '../options/parse-integer.ts';
import { usageError } from '../options/usage-error.ts';
import { jobColumns } from '../rendering/job-columns.ts';
import { addFormatOptions, CLEAR, type FormatOptions, formatOf, print, printMore, tell } from '../rendering/print.ts';
import { type ListRenderer, listRenderer } from '../rendering/render-list.ts';
import { styleOf } from '../rendering/style.ts';

const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 100_000_000;
/** Of a list that is shown again and again, which is held whole. */
const MAX_WATCHED = 10_000;
const LEAST_MS = 1_000;
const POLL_MS = 2_000;

interface Options extends ConnectionOptions, FormatOptions, JobFilters {
  readonly sort?: string;
  readonly limit: number;
  readonly all?: boolean;
  readonly watch?: boolean;
}

/** `daybook jobs` */
export function configure(command: Command, context: CommandContext): void {
  addFormatOptions(addJobFilters(addConnectionOption(command)))
    .option('--sort <KEY>', 'created, started, finished, updated, status, jobID, duration; with - before it descending')
    .option('--limit <N>', 'most jobs to show', integerOption('--limit', 1, MAX_LIMIT), DEFAULT_LIMIT)
    .option('--all', 'all of them')
    .option('--watch', 'show them again when they change, until Ctrl-C')
    .action(async (options: Options) => {
      if (options.watch === true) await watchJobs(options, context);
      else await printJobs(options, context);
    });
}

async function printJobs(options: Options, context: CommandContext): Promise<void> {
  const renderer = rendererOf(options, context);
  const limit = options.all === true ? Number.POSITIVE_INFINITY : options.limit;
  let shown = 0;
  for await (const { jobs, hasMore } of listJobs(connect(options, context), queryOf(options), limit)) {
    await printMore(renderer.rows(jobs));
    shown += jobs.length;
    if (hasMore && shown >= limit) tell(`the first ${shown}; there are more: --limit N shows more of them, --all all`);
  }
  print(renderer.end());
}

async function watchJobs(options: Options, context: CommandContext): Promise<void> {
  if (options.all === true || options.limit > MAX_WATCHED) {
    throw usageError(`--watch: expected a --limit of at most ${MAX_WATCHED} beside it, and no --all`);
  }
  const ades = connect(options, context);
  const query = queryOf(options);
  const changes = await followChanges(ades, changeParameters(options), context.signal);
  try {
    for (;;) {
      const renderer = rendererOf(options, context);
      let shown = process.stdout.isTTY ? CLEAR : '';
      for await (const { jobs } of listJobs(ades, query, options.limit)) shown += renderer.rows(jobs);
      print(`${shown}${renderer.end()}`);
      await changes.next({ leastMs: LEAST_MS, pollMs: POLL_MS });
    }
  } finally {
    changes.close();
  }
}

function queryOf(options: Options): URLSearchParams {
  const query = filterParameters(options);
  if (options.sort !== undefined) query.set('sortby', options.sort);
  return query;
}

function rendererOf(options: Options, { environment }: CommandContext): ListRenderer<StatusInfo> {
  return listRenderer(formatOf(options), jobColumns, {
    style: styleOf(process.stdout, environment),
    width: process.stdout.columns,
  });
}
