import { type ChildProcess, spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder. */
export const root: string = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

const START_LIMIT_MS = 60_000;
const MAX_OUTPUT = 1_000_000;

/** A command of the program `daybook` that has said that it is ready. */
export interface Program {
  readonly pid: number;
  /** The URL that it printed for a part: `ADES`, `jobs database` or `bus`. */
  url(part: string): string | undefined;
  /** What it printed so far, the end of it. */
  output(): string;
  /** Ends it as Ctrl-C does, and waits until it is gone. */
  stop(): Promise<void>;
  /** kill -9 of the whole process tree. */
  kill(): Promise<void>;
}

/** Starts the program as its user does, and waits until it says that it is ready. */
export function startProgram(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Program> {
  const child = spawn(process.execPath, [join(root, 'packages/server/bin/daybook.js'), ...args], {
    cwd: root,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...environment },
  });
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  let output = '';
  return new Promise((resolve, reject) => {
    const fail = (reason: string): void => {
      clearTimeout(timer);
      reject(new Error(`daybook ${args[0]} ${reason}:\n${output}`));
    };
    const timer = setTimeout(() => {
      killTree(child);
      fail(`was not ready within ${START_LIMIT_MS / 1000} s`);
    }, START_LIMIT_MS);
    child.once('exit', (code) => fail(`ended with exit code ${code}`));
    const read = (chunk: Buffer): void => {
      output = `${output}${chunk}`.slice(-MAX_OUTPUT);
      if (!/^\s*ready\b/m.test(output)) return;
      clearTimeout(timer);
      resolve({
        pid: child.pid as number,
        url: (part) => new RegExp(`^\\s*${part}\\s+(http\\S+)`, 'm').exec(output)?.[1],
        output: () => output,
        stop: () => end(() => child.kill('SIGTERM')),
        kill: () => end(() => killTree(child)),
      });
    };
    const end = async (how: () => void): Promise<void> => {
      how();
      await gone;
    };
    child.stdout.on('data', read);
    child.stderr.on('data', (chunk: Buffer) => {
      if (process.env.DAYBOOK_TEST_VERBOSE) process.stderr.write(chunk);
      read(chunk);
    });
  });
}

/** The child leads a process group of its own; programs that left the group die with their parent by the product's own doing. */
function killTree(child: ChildProcess): void {
  try {
    process.kill(-(child.pid as number), 'SIGKILL');
  } catch {
    child.kill('SIGKILL');
  }
}
