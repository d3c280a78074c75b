import { readdirSync, readFileSync } from 'node:fs';

/** A process as /proc shows it. */
export interface MarkedProcess {
  readonly pid: number;
  readonly parent: number;
  /** Its words, separated by spaces. */
  readonly command: string;
}

/**
 * The live processes that were started with `marker` anywhere in their environment, in the order of their ids. What belongs to other users
 * cannot be seen.
 */
export function markedProcesses(marker: string): readonly MarkedProcess[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        if (!readFileSync(`/proc/${name}/environ`, 'latin1').includes(marker)) return [];
        const [state, parent] = readFileSync(`/proc/${name}/stat`, 'latin1').split(') ').at(-1)!.split(' ');
        if (state === 'Z' || state === 'X') return [];
        const command = readFileSync(`/proc/${name}/cmdline`, 'latin1').replaceAll('\0', ' ').trim();
        return [{ pid: Number(name), parent: Number(parent), command }];
      } catch {
        return []; // It has ended meanwhile, or is another user's.
      }
    });
}
