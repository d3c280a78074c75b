import { type ClientCommand, clientCommands } from '@daybook/client';
import { Command } from 'commander';
import { interruption, prepareClientProcess } from './client-process.ts';
import { type ServerCommand, serverCommands } from './commands/commands.ts';

const NOTES = `
"daybook COMMAND --help" says more of each. Where the ADES is: --url, or DAYBOOK_URL.
Every setting of a server is a flag, an environment variable and a line of a config file:
--data-dir D is DAYBOOK_DATA_DIR=D, and "data-dir: D" in daybook.yaml. "daybook serve --help" lists them all.

Exit codes: 0 all is well; 1 a job failed, or something went wrong; 2 the time of a wait was over;
3 the ADES cannot be reached; 64 the command line is wrong; 130 Ctrl-C.`;

/** The program with all its commands, of which only those that `args` name are loaded: starting must not take time. */
export async function createProgram(args: readonly string[], version: string): Promise<Command> {
  const program = new Command('daybook')
    .description('Runs CWL workflows over science data and keeps every job in a searchable jobs database.')
    .usage('COMMAND')
    .version(version)
    .addHelpCommand(
      new Command('help')
        .argument('[command]')
        .description('the options of a command')
        .helpGroup('When something is wrong:'),
    )
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, 'daybook: ')) })
    .addHelpText('after', NOTES);
  for (const [heading, commands] of Object.entries(clientCommands)) {
    for (const each of commands) await add(program, heading, each, args, version, prepareClientProcess);
  }
  for (const [heading, commands] of Object.entries(serverCommands)) {
    for (const each of commands) await add(program, heading, each, args, version);
  }
  return program;
}

async function add(
  program: Command,
  heading: string,
  { name, description, load }: ClientCommand | ServerCommand,
  args: readonly string[],
  version: string,
  prepare: () => void = () => {},
): Promise<void> {
  const command = program.command(name).description(description).helpGroup(heading);
  if (!args.includes(name)) return;
  const { configure } = await load();
  configure(command, { environment: process.env, signal: interruption, version });
  command.hook('preAction', prepare);
}
