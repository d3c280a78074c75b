import { once } from 'node:events';
import { createInterface } from 'node:readline/promises';
import { usageError } from '../options/usage-error.ts';

/** Asks a person; all but `y` and `yes` is no. Throws a usage error where there is nobody to ask. */
export async function confirm(question: string, signal: AbortSignal): Promise<boolean> {
  if (!process.stdin.isTTY) throw usageError(`${question} There is nobody to ask: --yes goes on without asking`);
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  // While it reads, the terminal's Ctrl-C is a key like any other.
  terminal.once('SIGINT', () => process.kill(process.pid, 'SIGINT'));
  try {
    // The end of the input is no: of a pipe it closes the terminal, Ctrl-D at a terminal rejects the question.
    const ended = once(terminal, 'close').then(() => '');
    const asked = terminal.question(`${question} [y/N] `, { signal }).catch(() => '');
    const answer = await Promise.race([asked, ended]);
    signal.throwIfAborted();
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    terminal.close();
  }
}
