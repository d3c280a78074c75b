import { readFileSync } from 'node:fs';
import { EXIT } from '@daybook/client';
import { CommanderError } from 'commander';
import { createProgram } from './program.ts';
import { reportError } from './report-error.ts';

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

try {
  const program = await createProgram(process.argv.slice(2), version);
  await program.parseAsync();
} catch (error) {
  // Commander has said already what is wrong; help and version come this way too.
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : EXIT.usage;
  else process.exitCode = reportError(error);
}
