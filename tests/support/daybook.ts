import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inject } from 'vitest';

/** The project's folder. */
export const root: string = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** A running Daybook, started as its user starts it. */
export interface Daybook {
  readonly ades: string;
  readonly database: string;
  /** Undefined where the bus is not ours. */
  readonly bus: string | undefined;
  readonly dataDir: string;
  readonly pid: number;
  /** Ends it as Ctrl-C does, and waits until it is gone. */
  stop(): Promise<void>;
  /** kill -9 of the whole process tree. */
  kill(): Promise<void>;
}

export interface DaybookOptions {
  /** Kept across restarts by its owner; made anew and removed at the end without it. */
  readonly dataDir?: string;
  readonly flags?: readonly string[];
  /** A real Elasticsearch or OpenSearch to use as the jobs database. */
  readonly databaseUrl?: string | undefined;
}

/** What the whole run is given: see global-setup.ts. */
export interface Target {
  readonly engine: 'embedded' | 'elasticsearch' | 'opensearch';
  readonly databaseUrl: string | undefined;
}

declare module 'vitest' {
  interface ProvidedContext {
    target: Target;
    daybook: { ades: string; database: string; bus: string; dataDir: string };
  }
}

export function startDaybook(options: DaybookOptions = {}): Promise<Daybook> {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'daybook-test-'));
  const flags = [
    '--data-dir',
    dataDir,
    '--ades-port',
    '0',
    '--database-port',
    '0',
    '--bus-port',
    '0',
    '--cwl-roots',
    join(root, 'examples'),
  ];
  if (options.databaseUrl !== undefined) flags.push('--database-url', options.databaseUrl);
  const child = spawn(
    process.execPath,
    [join(root, 'packages/server/bin/daybook.js'), 'serve', ...flags, ...(options.flags ?? [])],
    {
      cwd: root,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  return new Promise((resolve, reject) => {
    let output = '';
    const gone = new Promise<void>((done) => child.once('exit', () => done()));
    const timer = setTimeout(() => {
      killTree(child);
      reject(new Error(`Daybook was not ready within 60 s:\n${output}`));
    }, 60_000);
    child.once('exit', (code) => {
      clearTimeout(timer);
      reject(new Error(`Daybook ended with exit code ${code}:\n${output}`));
    });
    child.stderr.on('data', (chunk: Buffer) => {
      output = `${output}${chunk}`.slice(-20_000);
      if (process.env.DAYBOOK_TEST_VERBOSE) process.stderr.write(chunk);
    });
    child.stdout.on('data', (chunk: Buffer) => {
      output = `${output}${chunk}`.slice(-20_000);
      const url = (part: string): string | undefined => new RegExp(`^\\s*${part}\\s+(http\\S+)`, 'm').exec(output)?.[1];
      const ades = url('ADES');
      const database = url('jobs database');
      if (!/^\s*ready\b/m.test(output) || ades === undefined || database === undefined) return;
      clearTimeout(timer);
      const end = async (how: () => void): Promise<void> => {
        how();
        await gone;
        if (options.dataDir === undefined) rmSync(dataDir, { recursive: true, force: true });
      };
      resolve({
        ades,
        database,
        bus: url('bus'),
        dataDir,
        pid: child.pid as number,
        stop: () => end(() => child.kill('SIGTERM')),
        kill: () => end(() => killTree(child)),
      });
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

/** The Daybook that all tests of a run share. */
export function sharedDaybook(): { ades: string; database: string; bus: string; dataDir: string } {
  return inject('daybook');
}

/** A Daybook of the test's own, on the engine of this run. */
export function startOnTarget(options: DaybookOptions = {}): Promise<Daybook> {
  return startDaybook({ databaseUrl: inject('target').databaseUrl, ...options });
}
