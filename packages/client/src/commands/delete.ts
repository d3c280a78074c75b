import type { Command } from 'commander';
import { addBulkOptions, type BulkOptions, runOperation } from '../bulk/run-operation.ts';
import type { CommandContext } from '../command-context.ts';
import { readIds } from '../inputs/read-ids.ts';
import { addConnectionOption, type ConnectionOptions, connect } from '../options/connection.ts';
import { addJobFilters, type JobFilters } from '../options/job-filters.ts';
import { selectionQuery } from '../options/selection.ts';

type Options = ConnectionOptions & JobFilters & BulkOptions;

/** `daybook delete` */
export function configure(command: Command, context: CommandContext): void {
  addBulkOptions(addJobFilters(addConnectionOption(command)))
    .argument('[ids...]', 'jobs; - for ids on standard input, one a line')
    .action(async (args: string[], options: Options) => {
      const request = { action: 'delete', query: selectionQuery(await readIds(args), options) } as const;
      const wording = { verb: 'remove the outputs of', done: 'removed', what: 'jobs' };
      await runOperation(connect(options, context), request, wording, options, context);
    });
}
