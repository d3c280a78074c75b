import { readFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { EXIT } from '@daybook/client';
import { CommanderError } from 'commander';
import { createProgram } from './program.ts';
import { reportError } from './report-error.ts';

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

/**
 * For requests that are over in less than a millisecond; set before there are threads, so that they hold in all.
 * - Where many objects of one place in the code lived long once, as in a bulk load, V8 makes all later ones of that place old at once: every
 *   request would leave its objects, and what they refer to, to the slow collections.
 * - What lives on of a few requests is copied sooner by one thread than by several that have to be woken.
 * - The old memory is collected when it is half as large again, not three or four times as large: most of what is kept is in arrays outside of it, so
 *   that a collection takes little.
 */
setFlagsFromString('--no-allocation-site-pretenuring');
setFlagsFromString('--no-parallel-scavenge');
setFlagsFromString('--heap-growing-percent=50');

try {
  const program = await createProgram(process.argv.slice(2), version);
  await program.parseAsync();
} catch (error) {
  // Commander has said already what is wrong; help and version come this way too.
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : EXIT.usage;
  else process.exitCode = reportError(error);
}
