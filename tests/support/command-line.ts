import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { root } from './program.ts';

/** What a command said, and how it ended. */
export interface CommandResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command that runs. */
export interface RunningCommand {
  readonly ended: Promise<CommandResult>;
  stdout(): string;
  /** As Ctrl-C does. */
  interrupt(): void;
  /** As `| head` does once it has seen enough. */
  closeOutput(): void;
}

/** Starts `daybook` with these arguments, the ADES at `url` and `input` on standard input. */
export function startCommand(
  url: string,
  args: readonly string[],
  { input = '', cwd = root }: { readonly input?: string; readonly cwd?: string } = {},
): RunningCommand {
  const child = spawn(process.execPath, [join(root, 'packages/server/bin/daybook.js'), ...args], {
    cwd,
    env: { ...process.env, DAYBOOK_URL: url },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk;
  });
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk;
  });
  // A command that does not read its input may be gone before it was written.
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  return {
    ended: new Promise((resolve) => child.once('close', (code) => resolve({ code, stdout, stderr }))),
    stdout: () => stdout,
    interrupt: () => child.kill('SIGINT'),
    closeOutput: () => child.stdout.destroy(),
  };
}
