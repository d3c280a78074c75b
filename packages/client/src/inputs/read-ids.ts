import { createInterface } from 'node:readline';
import { DaybookError } from '@daybook/errors';

const MAX_IDS = 100_000;

/** The ids of jobs on a command line, where `-` stands for those on standard input, one a line. */
export async function readIds(args: readonly string[]): Promise<readonly string[]> {
  const ids = new Set<string>();
  for (const arg of args) {
    if (arg !== '-') ids.add(arg);
    else
      for await (const line of createInterface({ input: process.stdin })) if (line.trim() !== '') ids.add(line.trim());
    if (ids.size > MAX_IDS)
      throw new DaybookError('limit-exceeded', `more than ${MAX_IDS} ids: name the jobs by a label`);
  }
  return [...ids];
}
