import { readFileSync } from 'node:fs';
import { isDaybookError } from '@daybook/errors';
import { Command } from 'commander';
import { loadSettings } from './config/load-settings.ts';
import { environmentVariable, type SettingName, settings } from './config/settings.ts';
import { type PartName, run } from './run.ts';

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
    command.option('--config <FILE>', 'config file (default: daybook.yaml in this folder, if there is one)');
    for (const [setting, { value, description: text, default: fallback }] of Object.entries(settings)) {
      const shown = fallback === undefined || typeof fallback === 'object' ? '' : ` (default: ${fallback})`;
      command.option(`--${setting} <${value}>`, `${text}${shown}`);
    }
    command.action((options: Record<string, unknown>) =>
      run(parts, loadSettings({ flags: byName(options), environment: process.env }), version),
    );
  }
  return program;
}

/** Commander gives `dataDir` for `--data-dir`. */
function byName(options: Record<string, unknown>): Record<string, unknown> {
  const names = [...(Object.keys(settings) as SettingName[]), 'config'];
  return Object.fromEntries(
    names.map((name) => [name, options[name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())]]),
  );
}

try {
  await createProgram().parseAsync();
} catch (error) {
  console.error(isDaybookError(error) ? `daybook: ${error.message}` : error);
  process.exitCode = 1;
}
