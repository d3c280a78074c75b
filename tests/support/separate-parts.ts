import { testFlags } from './daybook.ts';
import { type Program, startProgram } from './program.ts';
import { startTcpProxy, type TcpProxy } from './tcp-proxy.ts';

/** A part that runs as a process of its own; `worker-2` works in a directory of its own. */
export type PartName = 'database' | 'bus' | 'ades' | 'ingest' | 'worker' | 'worker-2';

/** Every part of one Daybook as a process of its own, on one data directory. The parts reach database and bus through proxies. */
export interface SeparateParts {
  readonly ades: string;
  /** The database and the bus themselves, past the proxies. */
  readonly database: string;
  readonly bus: string;
  readonly proxies: Readonly<Record<'database' | 'bus', TcpProxy>>;
  readonly workDirs: readonly string[];
  /** kill -9 of its process tree. */
  kill(part: PartName): Promise<void>;
  /** Starts it again where it was, with the same flags. */
  start(part: PartName): Promise<void>;
  signal(part: PartName, signal: 'SIGSTOP' | 'SIGCONT'): void;
  output(part: PartName): string;
  stop(): Promise<void>;
}

const ORDER: readonly PartName[] = ['database', 'bus', 'ades', 'ingest', 'worker', 'worker-2'];

/** Starts them all; `flags` are for each of them. */
export async function startSeparateParts(dataDir: string, flags: readonly string[]): Promise<SeparateParts> {
  const programs = new Map<PartName, Program>();
  const flagsOf = new Map<PartName, readonly string[]>();
  const workDirs = [`${dataDir}/work`, `${dataDir}/work-2`];
  const start = async (part: PartName): Promise<Program> => {
    const command = part === 'worker-2' ? 'worker' : part;
    const own = ['--data-dir', dataDir, ...testFlags, ...flags, ...(flagsOf.get(part) ?? [])];
    const program = await startProgram([command, ...own]);
    programs.set(part, program);
    return program;
  };
  const fixPort = (part: 'database' | 'bus' | 'ades', url: string): void => {
    flagsOf.set(part, [...(flagsOf.get(part) ?? []), `--${part}-port`, new URL(url).port]);
  };

  const database = (await start('database')).url('jobs database') as string;
  const bus = (await start('bus')).url('bus') as string;
  fixPort('database', database);
  fixPort('bus', bus);
  const proxies = {
    database: await startTcpProxy(Number(new URL(database).port)),
    bus: await startTcpProxy(Number(new URL(bus).port)),
  };
  const reach = ['--database-port', String(proxies.database.port), '--bus-port', String(proxies.bus.port)];
  for (const part of ORDER.slice(2)) flagsOf.set(part, reach);
  const ades = (await start('ades')).url('ADES') as string;
  fixPort('ades', ades);
  await start('ingest');
  flagsOf.set('worker', [...reach, '--public-url', ades]);
  flagsOf.set('worker-2', [...reach, '--public-url', ades, '--work-dir', workDirs[1] as string]);
  await Promise.all([start('worker'), start('worker-2')]);

  const programOf = (part: PartName): Program => programs.get(part) as Program;
  return {
    ades,
    database,
    bus,
    proxies,
    workDirs,
    kill: (part) => programOf(part).kill(),
    start: async (part) => void (await start(part)),
    signal: (part, signal) => void process.kill(programOf(part).pid, signal),
    output: (part) => programOf(part).output(),
    async stop() {
      for (const part of [...ORDER].reverse()) await programs.get(part)?.stop();
      await Promise.all([proxies.database.close(), proxies.bus.close()]);
    },
  };
}
