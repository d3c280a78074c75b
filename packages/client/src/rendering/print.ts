import type { Command } from 'commander';
import { usageError } from '../options/usage-error.ts';

const FORMATS = ['table', 'json', 'ndjson', 'csv', 'ids'] as const;

/** Puts what is printed next in the place of what stands on the terminal: cursor home, and what was below it erased. */
export const CLEAR = '\u001b[H\u001b[J';

/** How a list is printed. */
export type Format = (typeof FORMATS)[number];

/** Options of a command that prints a list. */
export interface FormatOptions {
  readonly output?: string;
  readonly json?: boolean;
}

/** Gives a command that prints a list its options of format. */
export function addFormatOptions(command: Command): Command {
  return command
    .option('-o, --output <FORMAT>', `${FORMATS.join(', ')} (default: table)`)
    .option('--json', 'the same as -o json');
}

/** Throws `invalid-argument` for a format that is none. */
export function formatOf({ output, json = false }: FormatOptions): Format {
  if (output === undefined) return json ? 'json' : 'table';
  const format = FORMATS.find((each) => each === output);
  if (format !== undefined) return format;
  throw usageError(`--output: expected one of ${FORMATS.join(', ')}, found ${JSON.stringify(output)}`);
}

/** A value as JSON for a person as well as a program. */
export function json(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

/** Writes to standard output. */
export function print(text: string): void {
  process.stdout.write(text);
}

/** Writes to standard output, and waits where whoever reads it is slower: for what is too long to be held. */
export async function printMore(chunk: string | Uint8Array): Promise<void> {
  if (!process.stdout.write(chunk)) await new Promise((resolve) => process.stdout.once('drain', resolve));
}

/** Tells a person something that is not the result: on standard error. */
export function tell(text: string): void {
  process.stderr.write(`${text}\n`);
}
