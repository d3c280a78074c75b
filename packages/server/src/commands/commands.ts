import type { Command } from 'commander';
import type { PartName } from '../run.ts';

/** A command of the program, of which no more is loaded than this until it is called. */
export interface ServerCommand {
  readonly name: string;
  readonly description: string;
  /** Gives the command its arguments, options and action. */
  load(): Promise<{ configure(command: Command, context: { readonly version: string }): void }>;
}

/** The commands for people who run servers, by the headings under which the help shows them. */
export const serverCommands: Readonly<Record<string, readonly ServerCommand[]>> = {
  'Run Daybook:': [
    part('serve', 'start everything on this machine, and stay', ['database', 'bus', 'ades', 'ingest', 'worker']),
    part('database', 'start the jobs database alone', ['database']),
    part('bus', 'start SNS and SQS alone', ['bus']),
    part('ades', 'start the ADES alone', ['ades']),
    part('ingest', 'start the ingest of job updates alone', ['ingest']),
    part('worker', 'start a worker alone', ['worker']),
    {
      name: 'dead-letters',
      description: 'look through the job updates that could not be applied',
      load: () => import('./dead-letters.ts'),
    },
  ],
};

function part(name: string, description: string, parts: readonly PartName[]): ServerCommand {
  return {
    name,
    description,
    load: async () => {
      const { configureParts } = await import('./parts.ts');
      return { configure: (command, { version }) => configureParts(command, parts, version) };
    },
  };
}
