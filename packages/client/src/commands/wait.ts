import type { Command } from 'commander';
import { followChanges } from '../ades/changes.ts';
import type { CommandContext } from '../command-context.ts';
import { readIds } from '../inputs/read-ids.ts';
import { addConnectionOption, type ConnectionOptions, connect } from '../options/connection.ts';
import { changeParameters, type JobFilters } from '../options/job-filters.ts';
import { parseDuration } from '../options/parse-duration.ts';
import { repeated } from '../options/parse-integer.ts';
import { selectionQuery } from '../options/selection.ts';
import { waitForJobs } from '../waiting/wait-for-jobs.ts';
import { waitForSelection } from '../waiting/wait-for-selection.ts';

interface Options extends ConnectionOptions, Pick<JobFilters, 'label' | 'query'> {
  readonly timeout?: string;
}

/** `daybook wait` */
export function configure(command: Command, context: CommandContext): void {
  addConnectionOption(command)
    .argument('[ids...]', 'jobs; - for ids on standard input, one a line')
    .option('-l, --label <LABEL>', 'all jobs with this label (repeat: with all of them)', repeated)
    .option('-q, --query <QUERY>', 'all jobs that this Lucene query string finds')
    .option('--timeout <SECONDS>', 'how long to wait, such as 90, 30m or 2h (default: until they have ended)')
    .action(async (args: string[], { timeout, ...options }: Options) => {
      const timeoutSeconds = timeout === undefined ? undefined : parseDuration('--timeout', timeout);
      const ids = await readIds(args);
      const query = selectionQuery(ids, options);
      const ades = connect(options, context);
      if (ids.length > 0) await waitForJobs(ades, ids, { timeoutSeconds, context });
      else {
        const changes = await followChanges(ades, changeParameters(options), context.signal);
        await waitForSelection(ades, query, { timeoutSeconds, changes }).finally(() => changes.close());
      }
    });
}
