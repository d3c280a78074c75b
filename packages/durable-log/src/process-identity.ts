import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * A string that tells a process from every other that has had or will have its pid on this machine, or undefined when no process
 * with that pid runs. From /proc where there is one, else from `ps`.
 */
export function processIdentity(pid: number): string | undefined {
  return procIdentity(pid) ?? psIdentity(pid);
}

function procIdentity(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The command in parentheses may hold anything; the fields after it start with the third, and the start time is the 22nd.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim();
    const dead = fields[0] === 'Z' || fields[0] === 'X';
    return dead ? undefined : `${boot}/${fields[19]}`;
  } catch {
    return undefined;
  }
}

function psIdentity(pid: number): string | undefined {
  if (process.platform === 'linux') return undefined;
  const { status, stdout } = spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8', timeout: 5000 });
  return status === 0 && stdout.trim() !== '' ? stdout.trim() : undefined;
}
