import { createAwsApi } from '@daybook/aws-api';
import { openMessageBus } from '@daybook/message-bus';
import type { Settings } from '../config/settings.ts';
import type { DataDir } from '../data-dir.ts';
import type { Logger } from '../log.ts';
import type { Part } from './part.ts';

/** Starts the embedded SNS and SQS; resolves once it listens. */
export async function startBus(
  settings: Settings,
  dataDir: DataDir,
  log: Logger,
): Promise<Part & { readonly url: string }> {
  let failure: string | undefined;
  const bus = await openMessageBus({
    directory: dataDir.bus,
    region: settings['aws-region'],
    onFailure: (error) => {
      failure = error.message;
      log.error({ err: error }, 'the disk failed: the bus accepts nothing any more');
    },
  });
  const api = await createAwsApi({
    bus,
    host: settings.host,
    port: settings['bus-port'],
    region: settings['aws-region'],
  });
  return {
    name: 'bus',
    url: api.url,
    health: () => ({ name: 'bus', status: failure === undefined ? 'ready' : 'failed', detail: failure ?? api.url }),
    async stop() {
      await api.close();
      await bus.close();
    },
  };
}
