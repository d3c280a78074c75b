import { setTimeout as wait } from 'node:timers/promises';

const INTERVAL_MS = 20;

/** Waits until `pid` (negative: the process group) is gone, at most `limitMs`. For processes that are not our children, so polled. */
export async function processesEnd(pid: number, limitMs: number): Promise<void> {
  const deadline = Date.now() + limitMs;
  while (signalProcess(pid, 0) && Date.now() < deadline) await wait(INTERVAL_MS);
}

/** Sends a signal; false where there is no such process any more. */
export function signalProcess(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(pid, signal);
    return true;
  } catch {
    return false;
  }
}
