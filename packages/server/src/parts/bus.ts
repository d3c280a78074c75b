import { createAwsApi } from '@daybook/aws-api';
import { isDiskFull, lockDirectory } from '@daybook/durable-log';
import { openMessageBus } from '@daybook/message-bus';
import type { Settings } from '../config/settings.ts';
import type { DataDir } from '../data-dir.ts';
import type { Logger } from '../log.ts';
import { readBusKeys } from './bus-keys.ts';
import type { Part } from './part.ts';

/** Starts the embedded SNS and SQS; resolves once it listens. */
export async function startBus(
  settings: Settings,
  dataDir: DataDir,
  log: Logger,
): Promise<Part & { readonly url: string }> {
  const credentials = readBusKeys(settings);
  const lock = await lockDirectory(dataDir.bus);
  let fault: string | undefined;
  let full: string | undefined;
  const report = (error: unknown, what: string): void => {
    if (!isDiskFull(error)) fault = error instanceof Error ? error.message : String(error);
    log.error({ err: error }, what);
  };
  const bus = await openMessageBus({
    directory: dataDir.bus,
    region: settings['aws-region'],
    onTornTail: (position, bytes) =>
      log.warn(
        { ...position, bytes },
        'the journal ended in a record that a crash cut short; it was never acknowledged',
      ),
    onDiskFull: (error) => {
      if (error === undefined) log.warn('the disk has room again: the bus accepts requests');
      else log.error({ err: error }, 'the disk is full: the bus refuses requests');
      full = error?.message;
    },
    onError: (error) => report(error, 'the bus met a fault that no caller waits for'),
  });
  const api = await createAwsApi({
    bus,
    host: settings.host,
    port: settings['bus-port'],
    ...(credentials && { credentials }),
    onError: (error) => report(error, 'a request to the bus met a fault of ours'),
  });
  return {
    name: 'bus',
    url: api.url,
    health: () => {
      const status = fault !== undefined ? 'failed' : full !== undefined ? 'waiting' : 'ready';
      return { name: 'bus', status, detail: fault ?? full ?? api.url };
    },
    async stop() {
      await api.close();
      await bus.close();
      await lock.release();
    },
  };
}
