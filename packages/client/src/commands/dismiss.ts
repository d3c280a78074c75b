import type { Command } from 'commander';
import { configureBulkCommand } from '../bulk/bulk-command.ts';
import type { CommandContext } from '../command-context.ts';

/** `daybook dismiss` */
export function configure(command: Command, context: CommandContext): void {
  configureBulkCommand(command, context, 'dismiss', { verb: 'dismiss', done: 'dismissed', what: 'open jobs' });
}
