import { Worker } from 'node:worker_threads';
import { DaybookError } from '@daybook/errors';
import type { Settings } from '../config/settings.ts';
import type { DataDir } from '../data-dir.ts';
import type { DatabaseThreadMessage, DatabaseThreadOptions } from './database-thread-messages.ts';
import type { Part } from './part.ts';

/** Indices that the system alone writes: the packed CWL of `processes` is code that will be run. */
const SYSTEM_INDICES = ['processes', 'job-updates', 'workers', 'operations', 'subscriptions'];
const STOP_LIMIT_MS = 30_000;
/**
 * A collection of young objects holds up every request for as long as copying those takes that live on, and a long search keeps most of
 * what it makes: several times as much room, which is the default, makes each collection as much longer and all together hardly shorter.
 */
const YOUNG_GENERATION_MIB = 12;

/** Starts the embedded jobs database; resolves once it listens. */
export async function startDatabase(settings: Settings, dataDir: DataDir): Promise<Part & { readonly url: string }> {
  const options: DatabaseThreadOptions = {
    directory: dataDir.database,
    durability: settings['database-durability'],
    checkpointRecords: settings['database-checkpoint-writes'],
    segmentBytes: settings['database-segment-mib'] * 2 ** 20,
    logLevel: settings['log-level'],
    api: {
      host: settings.host,
      port: settings['database-port'],
      version: settings['database-version'],
      systemKey: dataDir.systemKey,
      systemIndices: SYSTEM_INDICES,
      corsOrigins: settings['cors-origins'],
      allowedHosts: settings['allowed-hosts'],
    },
  };
  const thread = new Worker(new URL('./database-thread.js', import.meta.url), {
    workerData: options,
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION_MIB },
  });
  let failure: string | undefined;
  let full: string | undefined;
  const ended = new Promise<void>((resolve) => thread.once('exit', () => resolve()));
  const url = await new Promise<string>((resolve, reject) => {
    thread.on('message', (message: DatabaseThreadMessage) => {
      if (message.type === 'listening') resolve(message.url);
      else if (message.type === 'failed') failure = message.reason;
      else if (message.type === 'disk-full') full = message.reason;
    });
    thread.once('error', (error: Error) => {
      failure = error.message;
      reject(new DaybookError('unavailable', `the jobs database did not start: ${failure}`, { cause: error }));
    });
    thread.once('exit', () => {
      failure ??= 'its thread ended';
      reject(new DaybookError('unavailable', `the jobs database did not start: ${failure}`));
    });
  });
  return {
    name: 'database',
    url,
    health: () => {
      const status = failure !== undefined ? 'failed' : full !== undefined ? 'waiting' : 'ready';
      return { name: 'database', status, detail: failure ?? full ?? url };
    },
    async stop() {
      thread.postMessage('stop');
      const timer = setTimeout(() => void thread.terminate(), STOP_LIMIT_MS);
      await ended;
      clearTimeout(timer);
    },
  };
}
