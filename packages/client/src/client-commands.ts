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
    {
      name: 'submit',
      description: 'submit a job, or one for each line of a table',
      load: () => import('./commands/submit.ts'),
    },
  ],
  'Follow campaigns:': [
    {
      name: 'campaigns',
      description: 'list labels with how their jobs are',
      load: () => import('./commands/campaigns.ts'),
    },
    { name: 'campaign', description: 'how the jobs of a label are', load: () => import('./commands/campaign.ts') },
    {
      name: 'errors',
      description: 'what jobs failed by, the most frequent first',
      load: () => import('./commands/errors.ts'),
    },
    { name: 'wait', description: 'wait until jobs have ended', load: () => import('./commands/wait.ts') },
    { name: 'query', description: 'search the jobs', load: () => import('./commands/query.ts') },
  ],
  'Look at jobs:': [
    { name: 'jobs', description: 'list jobs', load: () => import('./commands/jobs.ts') },
    { name: 'job', description: 'how a job is', load: () => import('./commands/job.ts') },
    { name: 'logs', description: 'what the steps of a job printed', load: () => import('./commands/logs.ts') },
    { name: 'outputs', description: 'list or download what a job made', load: () => import('./commands/outputs.ts') },
  ],
  'Act on many jobs:': [
    {
      name: 'retry',
      description: 'submit failed jobs again, changed or as they were',
      load: () => import('./commands/retry.ts'),
    },
    { name: 'dismiss', description: 'end jobs that wait or run', load: () => import('./commands/dismiss.ts') },
    { name: 'label', description: 'add labels to jobs, or remove them', load: () => import('./commands/label.ts') },
    { name: 'delete', description: 'remove the outputs of jobs', load: () => import('./commands/delete.ts') },
  ],
  'When something is wrong:': [
    {
      name: 'doctor',
      description: 'look at everything, and say what to do',
      load: () => import('./commands/doctor.ts'),
    },
    { name: 'queues', description: 'what waits between the parts', load: () => import('./commands/queues.ts') },
  ],
};
