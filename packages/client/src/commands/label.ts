import type { Command } from 'commander';
import { addBulkOptions, type BulkOptions, runOperation } from '../bulk/run-operation.ts';
import type { CommandContext } from '../command-context.ts';
import { readIds } from '../inputs/read-ids.ts';
import { addConnectionOption, type ConnectionOptions, connect } from '../options/connection.ts';
import { addJobFilters, type JobFilters } from '../options/job-filters.ts';
import { selectionQuery } from '../options/selection.ts';
import { usageError } from '../options/usage-error.ts';

type Options = ConnectionOptions & JobFilters & BulkOptions;

const CHANGES: Readonly<Record<string, 'add-labels' | 'remove-labels'>> = {
  add: 'add-labels',
  remove: 'remove-labels',
};

/** `daybook label add|remove LABEL` */
export function configure(command: Command, context: CommandContext): void {
  addBulkOptions(addJobFilters(addConnectionOption(command)))
    .argument('<change>', 'add or remove')
    .argument('<label>', 'the label; several are separated by commas')
    .argument('[ids...]', 'jobs; - for ids on standard input, one a line')
    .action(async (change: string, label: string, args: string[], options: Options) => {
      const member = Object.hasOwn(CHANGES, change) ? CHANGES[change] : undefined;
      if (member === undefined) throw usageError(`expected add or remove, found ${JSON.stringify(change)}`);
      const query = selectionQuery(await readIds(args), options);
      const request = { action: 'label', query, [member]: label.split(',') } as const;
      const wording = { verb: `${change} ${label} ${change === 'add' ? 'to' : 'from'}`, done: 'changed', what: 'jobs' };
      await runOperation(connect(options, context), request, wording, options, context);
    });
}
