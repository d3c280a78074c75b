import { readdirSync, readFileSync } from 'node:fs';

/** The time of one tick of the counters of /proc. */
const TICK_MS = 10;

/** Processor time so far, in milliseconds, of processes and all that they started and that still runs or was waited for. */
export function processorMs(...pids) {
  const processes = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap(readProcess);
  const wanted = new Set(pids);
  // Children have higher numbers than their parents only until the numbers begin again: so until nothing is added.
  for (let size = -1; size !== wanted.size; ) {
    size = wanted.size;
    for (const { pid, parent } of processes) if (wanted.has(parent)) wanted.add(pid);
  }
  return processes.filter(({ pid }) => wanted.has(pid)).reduce((sum, { ticks }) => sum + ticks * TICK_MS, 0);
}

function readProcess(name) {
  try {
    const fields = readFileSync(`/proc/${name}/stat`, 'latin1')
      .replace(/^.*\) /s, '')
      .split(' ');
    // utime, stime, and those of children that ended.
    const ticks = [11, 12, 13, 14].reduce((sum, at) => sum + Number(fields[at]), 0);
    return [{ pid: Number(name), parent: Number(fields[1]), ticks }];
  } catch {
    return [];
  }
}
