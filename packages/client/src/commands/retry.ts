import type { Command } from 'commander';
import { addBulkOptions, type BulkOptions, runOperation } from '../bulk/run-operation.ts';
import type { CommandContext } from '../command-context.ts';
import { changedInputs } from '../inputs/changed-inputs.ts';
import { readIds } from '../inputs/read-ids.ts';
import { addConnectionOption, type ConnectionOptions, connect } from '../options/connection.ts';
import { addJobFilters, type JobFilters } from '../options/job-filters.ts';
import { repeated } from '../options/parse-integer.ts';
import { selectionQuery } from '../options/selection.ts';

interface Options extends ConnectionOptions, JobFilters, BulkOptions {
  readonly set?: readonly string[];
  readonly processVersion?: string;
}

/** `daybook retry` */
export function configure(command: Command, context: CommandContext): void {
  addBulkOptions(addJobFilters(addConnectionOption(command)))
    .argument('[ids...]', 'jobs; - for ids on standard input, one a line')
    .option('--set <NAME=VALUE>', 'an input that the new jobs have in its place (repeat)', repeated)
    .option('--process-version <VERSION>', 'the version of the process that they run')
    .action(async (args: string[], options: Options) => {
      const ids = await readIds(args);
      // Whoever retries a campaign means what failed in it.
      const onlyFailed = ids.length === 0 && options.status === undefined;
      const query = selectionQuery(ids, options, onlyFailed ? [{ term: { state: 'failed' } }] : []);
      const ades = connect(options, context);
      const { set: assignments, processVersion: version } = options;
      const set = {
        ...(assignments !== undefined && { inputs: await changedInputs(ades, { assignments, query, version }) }),
        ...(version !== undefined && { 'process-version': version }),
      };
      const request = { action: 'retry', query, ...(Object.keys(set).length > 0 && { set }) } as const;
      const wording = { verb: 'retry', done: 'submitted again', what: onlyFailed ? 'failed jobs' : 'jobs' };
      await runOperation(ades, request, wording, options, context);
    });
}
