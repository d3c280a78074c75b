import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Connections, connect, type EmbeddedUrls } from './connections.ts';
import { urlHost } from './host.ts';
import { startAdes } from './parts/ades.ts';
import { keepCwltool } from './parts/cwltool-keeper.ts';
import { startIngest } from './parts/ingest.ts';
import { openConfiguredStore } from './parts/output-store.ts';
import type { PartStack } from './parts/part-stack.ts';
import { reportHealth } from './parts/report-health.ts';
import { createConfiguredS3 } from './parts/stage-in.ts';
import { startWorker } from './parts/worker.ts';
import type { StartOptions } from './start-options.ts';

/** The interpreter that set-up lays out in the project's folder. */
const PROJECT_PYTHON = join(dirname(fileURLToPath(import.meta.url)), '../../../.venv/bin/python');

/** The parts that talk, once they run. */
export interface TalkingParts {
  readonly connections: Connections;
  readonly adesUrl?: string;
  /** What the person who started them should know. */
  readonly notices: readonly string[];
}

/** Starts the parts that talk to database and bus. */
export async function startTalkingParts(
  options: StartOptions,
  embedded: EmbeddedUrls,
  stack: PartStack,
): Promise<TalkingParts> {
  const { names, settings, dataDir, log } = options;
  const cwltool = keepCwltool({ python: settings.python ?? PROJECT_PYTHON, log: log.child({ part: 'cwltool' }) });
  stack.atEnd(() => cwltool.close());
  const wantsWorker = names.includes('worker') && settings.slots > 0;
  // Warms up beside the rest; what it says is looked at last.
  const warmUp = wantsWorker ? cwltool.open().then(nothing, (error: Error) => error.message) : undefined;

  const connections = await connect(settings, dataDir, embedded, log);
  stack.atEnd(() => connections.close());
  const s3 = createConfiguredS3(settings);
  stack.atEnd(async () => s3?.close());
  const outputStore = await openConfiguredStore(settings, dataDir, s3, log.child({ part: 'output-store' }));
  const health = () => reportHealth(stack.parts, connections, outputStore);
  const context = {
    ...options,
    connections,
    outputStore,
    s3,
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
