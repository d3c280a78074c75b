import { spawn } from 'node:child_process';
import { root } from '../../support/program.ts';

/** One step of a journey in another language, and what went wrong. */
export interface Step {
  readonly step: string;
  readonly problem: string | null;
}

/** Runs a program that prints one line of JSON for each step of its journey; a program that fails or says nothing throws. */
export async function runJourney(
  command: string,
  args: readonly string[],
  options: { readonly cwd?: string; readonly env?: Readonly<Record<string, string>> } = {},
): Promise<readonly Step[]> {
  const child = spawn(command, args, {
    cwd: options.cwd ?? root,
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 240_000,
  });
  let [output, complaints] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk;
  });
  child.stderr.on('data', (chunk: Buffer) => {
    complaints += chunk;
  });
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  const steps = output.split('\n').flatMap((line) => (line.startsWith('{"step"') ? [JSON.parse(line) as Step] : []));
  if (code === 0 && steps.length > 0) return steps;
  throw new Error(`${command} ${args.join(' ')} ended with ${code}:\n${output}\n${complaints}`.slice(-5000));
}
