import type { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { readIds } from '../inputs/read-ids.ts';
import { addConnectionOption, type ConnectionOptions, connect } from '../options/connection.ts';
import { parseDuration } from '../options/parse-duration.ts';
import { usageError } from '../options/usage-error.ts';
import { waitForJobs } from '../waiting/wait-for-jobs.ts';

interface Options extends ConnectionOptions {
  readonly timeout?: string;
}

/** `daybook wait ID…` */
export function configure(command: Command, context: CommandContext): void {
  addConnectionOption(command)
    .argument('<ids...>', 'jobs; - for ids on standard input, one a line')
    .option('--timeout <SECONDS>', 'how long to wait, such as 90, 30m or 2h (default: until they have ended)')
    .action(async (args: string[], options: Options) => {
      const timeoutSeconds = options.timeout === undefined ? undefined : parseDuration('--timeout', options.timeout);
      const ids = await readIds(args);
      if (ids.length === 0) throw usageError('expected ids of jobs on standard input');
      await waitForJobs(connect(options, context), ids, { timeoutSeconds, context });
    });
}
