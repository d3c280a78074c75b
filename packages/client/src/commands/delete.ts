import type { Command } from 'commander';
import { configureBulkCommand } from '../bulk/bulk-command.ts';
import type { CommandContext } from '../command-context.ts';

/** `daybook delete` */
export function configure(command: Command, context: CommandContext): void {
  const wording = { verb: 'remove the outputs of', done: 'removed', what: 'jobs' };
  configureBulkCommand(command, context, 'delete', wording);
}
