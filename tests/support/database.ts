import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Program, startProgram } from './program.ts';

/** A jobs database that runs alone, as a process of its own with an empty data directory. */
export interface Database extends Pick<Program, 'pid' | 'output'> {
  readonly url: string;
  readonly dataDir: string;
  stop(): Promise<void>;
}

/** Starts `daybook database` on a free port; `flags` are settings. */
export async function startDatabase(...flags: readonly string[]): Promise<Database> {
  const dataDir = mkdtempSync(join(tmpdir(), 'daybook-database-'));
  const program = await startProgram(['database', '--data-dir', dataDir, '--database-port', '0', ...flags]);
  const url = program.url('jobs database');
  if (url === undefined) throw new Error(`daybook database printed no URL:\n${program.output()}`);
  return {
    url,
    dataDir,
    pid: program.pid,
    output: program.output,
    stop: async () => {
      await program.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
