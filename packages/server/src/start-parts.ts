import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openOutputStore } from '@daybook/output-store';
import type { Settings } from './config/settings.ts';
import { type Connections, connect, type EmbeddedUrls } from './connections.ts';
import type { DataDir } from './data-dir.ts';
import { urlHost } from './host.ts';
import type { Logger } from './log.ts';
import { startAdes } from './parts/ades.ts';
import { startBus } from './parts/bus.ts';
import { namesBusResources } from './parts/bus-resources.ts';
import { keepCwltool } from './parts/cwltool-keeper.ts';
import { startDatabase } from './parts/database.ts';
import { startIngest } from './parts/ingest.ts';
import type { Part } from './parts/part.ts';
import { createPartStack, type PartStack } from './parts/part-stack.ts';
import { reportHealth } from './parts/report-health.ts';
import { startWorker } from './parts/worker.ts';

/** The interpreter that set-up lays out in the project's folder. */
const PROJECT_PYTHON = join(dirname(fileURLToPath(import.meta.url)), '../../../.venv/bin/python');
const TALKING_PARTS: readonly Part['name'][] = ['ades', 'ingest', 'worker'];

/** What to start, and with what. */
export interface StartOptions {
  readonly names: readonly Part['name'][];
  readonly settings: Settings;
  readonly dataDir: DataDir;
  readonly version: string;
  readonly log: Logger;
}

/** What runs, and how it is ended. */
export interface RunningParts {
  readonly urls: readonly { readonly title: string; readonly url: string }[];
  /** What the person who started it should know. */
  readonly notices: readonly string[];
  /** Ends the parts in the reverse order of their start. */
  stop(): Promise<void>;
}

/** Starts parts in the order in which they need each other; when one fails, those before it are ended again. */
export async function startParts(options: StartOptions): Promise<RunningParts> {
  const stack = createPartStack();
  try {
    const embedded = await startEmbedded(options, stack);
    const { connections, adesUrl, notices } = await startTalking(options, embedded, stack);
    const urls = [
      { title: 'ADES', url: adesUrl },
      { title: 'jobs database', url: connections?.elasticsearch.url ?? embedded.database },
      { title: 'bus', url: connections === undefined ? embedded.bus : connections.aws.endpoint },
    ];
    return {
      urls: urls.flatMap(({ title, url }) => (url === undefined ? [] : [{ title, url }])),
      notices,
      stop: () => stack.stop(),
    };
  } catch (error) {
    await stack.stop();
    throw error;
  }
}

/** Starts our own database and bus where nothing else was named in their place. */
async function startEmbedded({ names, settings, dataDir, log }: StartOptions, stack: PartStack): Promise<EmbeddedUrls> {
  const isAlone = names.length === 1;
  const wantsDatabase = names.includes('database') && (isAlone || settings['database-url'] === undefined);
  const namesBus = settings['aws-endpoint'] !== undefined || namesBusResources(settings);
  const wantsBus = names.includes('bus') && (isAlone || !namesBus);
  const database = wantsDatabase ? stack.add(await startDatabase(settings, dataDir)) : undefined;
  const bus = wantsBus ? stack.add(await startBus(settings, dataDir, log.child({ part: 'bus' }))) : undefined;
  return { database: database?.url, bus: bus?.url };
}

interface TalkingParts {
  readonly connections?: Connections;
  readonly adesUrl?: string;
  readonly notices: readonly string[];
}

/** Starts the parts that talk to database and bus. */
async function startTalking(options: StartOptions, embedded: EmbeddedUrls, stack: PartStack): Promise<TalkingParts> {
  const { names, settings, dataDir, log } = options;
  if (!TALKING_PARTS.some((name) => names.includes(name))) return { notices: [] };

  const cwltool = keepCwltool({ python: settings.python ?? PROJECT_PYTHON, log: log.child({ part: 'cwltool' }) });
  stack.atEnd(() => cwltool.close());
  const wantsWorker = names.includes('worker') && settings.slots > 0;
  // Warms up beside the rest; what it says is looked at last.
  const warmUp = wantsWorker ? cwltool.open().then(nothing, (error: Error) => error.message) : undefined;

  const connections = await connect(settings, dataDir, embedded, log);
  stack.atEnd(() => connections.close());
  const health = () => reportHealth(stack.parts, connections);
  const context = {
    ...options,
    connections,
    outputStore: await openOutputStore({ root: dataDir.outputs }),
    cwltool,
    health,
  };

  const ades = names.includes('ades') ? stack.add(await startAdes(context)) : undefined;
  if (names.includes('ingest')) stack.add(startIngest(context));
  if (wantsWorker) {
    const adesUrl = ades?.url ?? `http://${urlHost(settings.host)}:${settings['ades-port']}`;
    stack.add(await startWorker(context, settings['public-url'] ?? adesUrl));
  }
  const missing = await warmUp;
  return {
    connections,
    notices: missing === undefined ? [] : [`${missing}\nEverything else runs; accepted jobs wait for a worker.`],
    ...(ades === undefined ? {} : { adesUrl: ades.url }),
  };
}

function nothing(): undefined {
  return undefined;
}
