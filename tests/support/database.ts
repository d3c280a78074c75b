import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Program, startProgram } from './program.ts';

/** A jobs database that runs alone, as a process of its own. */
export interface Database extends Pick<Program, 'pid' | 'output' | 'stop' | 'kill'> {
  readonly url: string;
  readonly dataDir: string;
}

/** Starts `daybook database` on a free port with an empty data directory, which goes when it stops; `flags` are settings. */
export async function startDatabase(...flags: readonly string[]): Promise<Database> {
  const database = await openDatabase(mkdtempSync(join(tmpdir(), 'daybook-database-')), ...flags);
  const end = (how: () => Promise<void>) => async (): Promise<void> => {
    await how();
    rmSync(database.dataDir, { recursive: true, force: true });
  };
  return { ...database, stop: end(database.stop), kill: end(database.kill) };
}

/** Starts `daybook database` on a free port with a data directory that is kept. */
export async function openDatabase(dataDir: string, ...flags: readonly string[]): Promise<Database> {
  const program = await startProgram(['database', '--data-dir', dataDir, '--database-port', '0', ...flags]);
  const url = program.url('jobs database');
  if (url === undefined) {
    await program.stop();
    throw new Error(`daybook database printed no URL:\n${program.output()}`);
  }
  return { url, dataDir, pid: program.pid, output: program.output, stop: program.stop, kill: program.kill };
}
