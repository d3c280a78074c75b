import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openOutputStore } from '@daybook/output-store';
import type { Settings } from './config/settings.ts';
import { type Connections, connect } from './connections.ts';
import type { DataDir } from './data-dir.ts';
import type { Logger } from './log.ts';
import { startAdes } from './parts/ades.ts';
import { startBus } from './parts/bus.ts';
import { namesBusResources } from './parts/bus-resources.ts';
import { type CwltoolKeeper, keepCwltool } from './parts/cwltool-keeper.ts';
import { startDatabase } from './parts/database.ts';
import { startIngest } from './parts/ingest.ts';
import type { Part, PartHealth } from './parts/part.ts';
import { startWorker } from './parts/worker.ts';

/** The interpreter that set-up lays out in the project's folder. */
const PROJECT_PYTHON = join(dirname(fileURLToPath(import.meta.url)), '../../../.venv/bin/python');

/** What runs, and how it is ended. */
export interface RunningParts {
  readonly urls: readonly { readonly title: string; readonly url: string }[];
  /** What the person who started it should know. */
  readonly notices: readonly string[];
  /** Ends the parts in the reverse order of their start. */
  stop(): Promise<void>;
}

/** Everything that the parts of one process share while they start. */
export interface PartContext {
  readonly settings: Settings;
  readonly dataDir: DataDir;
  readonly version: string;
  readonly log: Logger;
  readonly connections: Connections;
  readonly outputStore: Awaited<ReturnType<typeof openOutputStore>>;
  readonly cwltool: CwltoolKeeper;
  /** Health of all parts of this process, and of those that it reaches elsewhere. */
  readonly health: () => Promise<readonly PartHealth[]>;
}

/** Starts parts in the order in which they need each other; when one fails, those before it are ended again. */
export async function startParts(
  names: readonly Part['name'][],
  settings: Settings,
  dataDir: DataDir,
  version: string,
  log: Logger,
): Promise<RunningParts> {
  const ends: (() => Promise<void>)[] = [];
  const parts: Part[] = [];
  const urls: { title: string; url: string }[] = [];
  const notices: string[] = [];
  const add = <P extends Part>(part: P): P => {
    parts.push(part);
    ends.push(() => part.stop());
    return part;
  };
  const stop = async () => {
    for (const end of ends.splice(0).reverse()) await end();
  };
  const wants = (name: Part['name']) => names.includes(name);

  try {
    const cwltool = keepCwltool({ python: settings.python ?? PROJECT_PYTHON, log: log.child({ part: 'cwltool' }) });
    ends.push(() => cwltool.close());
    const opened = wants('worker')
      ? cwltool.open().then(
          () => undefined,
          (error: Error) => error.message,
        )
      : undefined;

    const isAlone = names.length === 1;
    const database =
      wants('database') && (isAlone || settings['database-url'] === undefined)
        ? add(await startDatabase(settings, dataDir))
        : undefined;
    const usesOwnBus = settings['aws-endpoint'] === undefined && !namesBusResources(settings);
    const bus =
      wants('bus') && (isAlone || usesOwnBus)
        ? add(await startBus(settings, dataDir, log.child({ part: 'bus' })))
        : undefined;

    if (wants('ades') || wants('ingest') || wants('worker')) {
      const connections = await connect(settings, dataDir, { database: database?.url, bus: bus?.url }, log);
      ends.push(() => connections.close());
      const outputStore = await openOutputStore({ root: dataDir.outputs });
      const health = () => Promise.all(parts.map((part) => part.health()));
      const context: PartContext = { settings, dataDir, version, log, connections, outputStore, cwltool, health };
      let publicUrl = settings['public-url'];
      if (wants('ades')) {
        const ades = add(await startAdes(context));
        publicUrl = ades.publicUrl;
        urls.push({ title: 'ADES', url: publicUrl });
      }
      urls.push({ title: 'jobs database', url: connections.elasticsearch.url });
      if (connections.aws.endpoint !== undefined) urls.push({ title: 'bus', url: connections.aws.endpoint });
      if (wants('ingest')) add(startIngest(context));
      if (wants('worker')) {
        add(await startWorker(context, publicUrl));
        const problem = await opened;
        if (problem !== undefined) notices.push(`${problem}\nEverything else runs; accepted jobs wait for a worker.`);
      }
    } else {
      if (database !== undefined) urls.push({ title: 'jobs database', url: database.url });
      if (bus !== undefined) urls.push({ title: 'bus', url: bus.url });
    }
    return { urls, notices, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
