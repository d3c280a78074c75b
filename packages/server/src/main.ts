import { readFileSync } from 'node:fs';
import { isDaybookError } from '@daybook/errors';
import { Command } from 'commander';
import { createDeadLettersCommand } from './commands/dead-letters.ts';
import { addSettingOptions, settingsOf } from './commands/setting-options.ts';
import { environmentVariable, type SettingName, settings } from './config/settings.ts';
import type { PartName } from './run.ts';

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

const commands: Record<string, { readonly description: string; readonly parts: readonly PartName[] }> = {
  serve: {
    description: 'start everything on this machine, and stay',
    parts: ['database', 'bus', 'ades', 'ingest', 'worker'],
  },
  database: { description: 'start the jobs database alone', parts: ['database'] },
  bus: { description: 'start SNS and SQS alone', parts: ['bus'] },
  ades: { description: 'start the ADES alone', parts: ['ades'] },
  ingest: { description: 'start the ingest of job updates alone', parts: ['ingest'] },
  worker: { description: 'start a worker alone', parts: ['worker'] },
};

function createProgram(): Command {
  const program = new Command('daybook')
    .description('Runs CWL workflows over science data and keeps every job in a searchable jobs database.')
    .version(version)
    .showHelpAfterError()
    .addHelpText(
      'after',
      `\nEvery setting is a flag of these commands, an environment variable and a line of a config file:
--data-dir D is ${environmentVariable('data-dir')}=D, and "data-dir: D" in daybook.yaml. "daybook serve --help" lists them all.`,
    );
  for (const [name, { description, parts }] of Object.entries(commands)) {
    const command = program.command(name).description(description);
    addSettingOptions(command, Object.keys(settings) as SettingName[]);
    command.action(async (options: Record<string, unknown>) => {
      // Loaded when it is needed, since the other commands have no use for the servers.
      const { run } = await import('./run.ts');
      await run(parts, settingsOf(options), version);
    });
  }
  program.addCommand(createDeadLettersCommand());
  return program;
}

/** Whether the operating system said no, as to a port that is in use; its message names what and where. */
function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error;
}

try {
  await createProgram().parseAsync();
} catch (error) {
  console.error(isDaybookError(error) || isSystemError(error) ? `daybook: ${error.message}` : error);
  process.exitCode = 1;
}
