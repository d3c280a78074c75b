import { readdirSync, readFileSync } from 'node:fs';

/** Of the clock in which /proc counts processor time. */
const TICK_MS = 10;

/** Processor time so far, in milliseconds: of a process, and of all below it with those that have ended. */
export function processorTime(pid) {
  const processes = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap(readProcess);
  const tree = new Set([pid]);
  for (let size = 0; size !== tree.size; ) {
    size = tree.size;
    for (const each of processes) if (tree.has(each.parent)) tree.add(each.pid);
  }
  const time = { own: 0, below: 0 };
  for (const { pid: each, own, ended } of processes.filter((process) => tree.has(process.pid))) {
    time.below += ended * TICK_MS;
    time[each === pid ? 'own' : 'below'] += own * TICK_MS;
  }
  return time;
}

/** The same of several processes and all below them, in one sum. */
export function processorTimeOfAll(pids) {
  return pids.map(processorTime).reduce((sum, { own, below }) => sum + own + below, 0);
}

function readProcess(name) {
  try {
    const fields = readFileSync(`/proc/${name}/stat`, 'latin1').split(') ').at(-1).split(' ').map(Number);
    return [{ pid: Number(name), parent: fields[1], own: fields[11] + fields[12], ended: fields[13] + fields[14] }];
  } catch {
    // It has ended meanwhile.
    return [];
  }
}
