import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';
import { type BusResources, busFlags, makeBusResources, ownBusResources } from './bus-resources.ts';
import { type Program, root, startProgram } from './program.ts';

/** A running Daybook, started as its user starts it. */
export interface Daybook extends Pick<Program, 'stop' | 'kill' | 'output'> {
  readonly ades: string;
  readonly database: string;
  readonly bus: string;
  readonly busResources: BusResources;
  readonly dataDir: string;
}

export interface DaybookOptions {
  /** Kept across restarts by its owner; made anew and removed at the end without it. */
  readonly dataDir?: string;
  readonly flags?: readonly string[];
  /** Variables of the program. */
  readonly environment?: Readonly<Record<string, string>>;
  /** A real Elasticsearch or OpenSearch to use as the jobs database. */
  readonly databaseUrl?: string | undefined;
  /** Another SNS and SQS to use in the place of the embedded bus. */
  readonly busUrl?: string | undefined;
}

/** What the whole run is given: see provide-target.ts. */
export interface Target {
  readonly engine: 'embedded' | 'elasticsearch' | 'opensearch';
  readonly databaseUrl: string | undefined;
  readonly busUrl: string | undefined;
}

type SharedDaybook = Pick<Daybook, 'ades' | 'database' | 'bus' | 'busResources' | 'dataDir'>;

/** What was made on another bus, by the data directory of its Daybook: the same after a restart. */
const madeResources = new Map<string, BusResources>();

declare module 'vitest' {
  interface ProvidedContext {
    target: Target;
    daybook: SharedDaybook;
  }
}

/** Flags that let any number of servers run side by side, and deploy the examples. */
export const testFlags: readonly string[] = [
  ...['ades', 'database', 'bus'].flatMap((part) => [`--${part}-port`, '0']),
  '--cwl-roots',
  join(root, 'examples'),
];

export async function startDaybook(options: DaybookOptions = {}): Promise<Daybook> {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'daybook-test-'));
  const engine = options.databaseUrl === undefined ? [] : ['--database-url', options.databaseUrl];
  const other = await otherBusResources(dataDir, options);
  const program = await startProgram(
    [
      'serve',
      '--data-dir',
      dataDir,
      ...testFlags,
      ...engine,
      ...(other === undefined ? [] : busFlags(options.busUrl!, other)),
      ...(options.flags ?? []),
    ],
    {
      ...(other !== undefined && { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' }),
      ...options.environment,
    },
  );
  const [ades, database, bus] = ['ADES', 'jobs database', 'bus'].map((part) => program.url(part));
  if (ades === undefined || database === undefined || bus === undefined) {
    await program.stop();
    throw new Error(`Daybook did not print its URLs:\n${program.output()}`);
  }
  const end = (how: () => Promise<void>) => async (): Promise<void> => {
    await how();
    if (options.dataDir === undefined) rmSync(dataDir, { recursive: true, force: true });
  };
  const busResources = other ?? ownBusResources(bus);
  const { output } = program;
  return { ades, database, bus, busResources, dataDir, output, stop: end(program.stop), kill: end(program.kill) };
}

async function otherBusResources(dataDir: string, options: DaybookOptions): Promise<BusResources | undefined> {
  const { busUrl, flags = [] } = options;
  if (busUrl === undefined) return undefined;
  const lease = flags.indexOf('--lease-seconds');
  const made = madeResources.get(dataDir) ?? (await makeBusResources(busUrl, lease < 0 ? '30' : flags[lease + 1]!));
  madeResources.set(dataDir, made);
  return made;
}

/** The Daybook that all tests of a run share. */
export function sharedDaybook(): SharedDaybook {
  return inject('daybook');
}

/** A Daybook of the test's own, on the engine and the bus of this run. */
export function startOnTarget(options: DaybookOptions = {}): Promise<Daybook> {
  const { databaseUrl, busUrl } = inject('target');
  return startDaybook({ databaseUrl, busUrl, ...options });
}
