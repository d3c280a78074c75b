import type { EmbeddedUrls } from './connections.ts';
import { namesBusResources } from './parts/bus-resources.ts';
import type { Part } from './parts/part.ts';
import { createPartStack, type PartStack } from './parts/part-stack.ts';
import type { StartOptions } from './start-options.ts';
import type { TalkingParts } from './start-talking-parts.ts';

const TALKING_PARTS: readonly Part['name'][] = ['ades', 'ingest', 'worker'];

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
    const { connections, adesUrl, notices = [] } = await startTalking(options, embedded, stack);
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
  // Modules are loaded where they are wanted: a part that runs alone starts in half the time, and is smaller.
  const { startDatabase } = wantsDatabase ? await import('./parts/database.ts') : {};
  const database = startDatabase && stack.add(await startDatabase(settings, dataDir));
  const { startBus } = wantsBus ? await import('./parts/bus.ts') : {};
  const bus = startBus && stack.add(await startBus(settings, dataDir, log.child({ part: 'bus' })));
  return { database: database?.url, bus: bus?.url };
}

/** Starts the parts that talk to database and bus. */
async function startTalking(
  options: StartOptions,
  embedded: EmbeddedUrls,
  stack: PartStack,
): Promise<Partial<TalkingParts>> {
  if (!TALKING_PARTS.some((name) => options.names.includes(name))) return {};
  const { startTalkingParts } = await import('./start-talking-parts.ts');
  return await startTalkingParts(options, embedded, stack);
}
