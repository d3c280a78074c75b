import { run } from './run.ts';

const exitCode = await run({
  argv: process.argv.slice(2),
  environment: process.env,
  writeOut: (line) => process.stdout.write(`${line}\n`),
  writeError: (line) => process.stderr.write(`${line}\n`),
});
// A credential chain that is still waiting must not hold the program.
process.exitCode = exitCode;
process.stdout.write('', () => process.stderr.write('', () => process.exit()));
