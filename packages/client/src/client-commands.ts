import type { Command } from 'commander';
import type { CommandContext } from './command-context.ts';

/** A command of the program, of which no more is loaded than this until it is called. */
export interface ClientCommand {
  readonly name: string;
  readonly description: string;
  /** Gives the command its arguments, options and action. */
  load(): Promise<{ configure(command: Command, context: CommandContext): void }>;
}

/** The commands for people who run campaigns, by the headings under which the help shows them. */
export const clientCommands: Readonly<Record<string, readonly ClientCommand[]>> = {
  'Submit jobs:': [
    { name: 'deploy', description: 'deploy a CWL workflow as a process', load: () => import('./commands/deploy.ts') },
    { name: 'processes', description: 'list the processes', load: () => import('./commands/processes.ts') },
    { name: 'process', description: 'what a process takes and gives', load: () => import('./commands/process.ts') },
    { name: 'submit', description: 'submit a job', load: () => import('./commands/submit.ts') },
  ],
  'Follow jobs:': [
    { name: 'jobs', description: 'list jobs', load: () => import('./commands/jobs.ts') },
    { name: 'job', description: 'how a job is', load: () => import('./commands/job.ts') },
    { name: 'logs', description: 'what the steps of a job printed', load: () => import('./commands/logs.ts') },
    { name: 'outputs', description: 'list or download what a job made', load: () => import('./commands/outputs.ts') },
    { name: 'wait', description: 'wait until jobs have ended', load: () => import('./commands/wait.ts') },
  ],
  'When something is wrong:': [
    {
      name: 'doctor',
      description: 'look at everything, and say what to do',
      load: () => import('./commands/doctor.ts'),
    },
  ],
};
