import type { Command } from 'commander';
import { getJob } from '../ades/jobs.ts';
import { findJobDocument } from '../ades/search.ts';
import type { CommandContext } from '../command-context.ts';
import { addConnectionOption, type ConnectionOptions, connect } from '../options/connection.ts';
import { json, print } from '../rendering/print.ts';
import { renderJob } from '../rendering/render-job.ts';
import { styleOf } from '../rendering/style.ts';

/** `daybook job ID` */
export function configure(command: Command, context: CommandContext): void {
  addConnectionOption(command)
    .argument('<id>', 'the job')
    .option('--json', "the job's document in the jobs database")
    .action(async (id: string, options: ConnectionOptions & { readonly json?: boolean }) => {
      const ades = connect(options, context);
      const job = await getJob(ades, id);
      const document = (await findJobDocument(ades, job)) ?? {};
      const style = styleOf(process.stdout, context.environment);
      print(options.json === true ? json(document) : renderJob(job, document, style));
    });
}
