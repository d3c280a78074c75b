import type { Command } from 'commander';
import type { OperationRequest } from '../ades/operations.ts';
import type { CommandContext } from '../command-context.ts';
import { readIds } from '../inputs/read-ids.ts';
import { addConnectionOption, type ConnectionOptions, connect } from '../options/connection.ts';
import { addJobFilters, type JobFilters } from '../options/job-filters.ts';
import { selectionQuery } from '../options/selection.ts';
import { addBulkOptions, type BulkOptions, runOperation, type Wording } from './run-operation.ts';

/** Makes a command do what needs nothing but the jobs that it is about. */
export function configureBulkCommand(
  command: Command,
  context: CommandContext,
  action: OperationRequest['action'],
  wording: Wording,
): void {
  addBulkOptions(addJobFilters(addConnectionOption(command)))
    .argument('[ids...]', 'jobs; - for ids on standard input, one a line')
    .action(async (args: string[], options: ConnectionOptions & JobFilters & BulkOptions) => {
      const request = { action, query: selectionQuery(await readIds(args), options) };
      await runOperation(connect(options, context), request, wording, options, context);
    });
}
