import { resolve } from 'node:path';
import { createAdes } from '@daybook/ades';
import type { Json } from '@daybook/jobs';
import type { Settings } from '../config/settings.ts';
import { isLoopback } from '../host.ts';
import { readCallbackSecret } from './callback-secret.ts';
import type { Part } from './part.ts';
import type { PartContext } from './part-context.ts';
import { openSecretKeys } from './secret-keys.ts';

/** Starts the ADES; resolves once it listens. */
export async function startAdes(context: PartContext): Promise<Part & { readonly url: string }> {
  const { settings, connections, cwltool, outputStore, log } = context;
  const { bus, database } = connections;
  const publicUrl = settings['public-url'];
  const ades = await createAdes({
    host: settings.host,
    port: settings['ades-port'],
    ...(publicUrl === undefined ? {} : { publicUrl }),
    database,
    requestQueue: { client: bus.sqs, url: bus.requestQueueUrl },
    queues: [
      { name: 'requests', client: bus.sqs, url: bus.requestQueueUrl, deadLetterUrl: bus.requestDeadLetterQueueUrl },
      { name: 'updates', client: bus.sqs, url: bus.updateQueueUrl, deadLetterUrl: bus.updateDeadLetterQueueUrl },
    ],
    topicArn: bus.topicArn,
    serverInputs: settings['server-inputs'] as Record<string, Json>,
    secretInputs: settings['secret-inputs'],
    secretKeys: openSecretKeys(context.dataDir.secretKeyFile),
    callbackSecret: readCallbackSecret(settings['callback-secret-file']),
    packer: { pack: async (request) => (await cwltool.open()).pack(request) },
    fetchPolicy: {
      fileRoots: settings['cwl-roots'].map((folder) => resolve(folder)),
      localFolders: localFolders(settings['cwl-url-map']),
      allowPrivateAddresses: settings['allow-private-addresses'] ?? isLoopback(settings.host),
      allowedHosts: settings['cwl-hosts'],
    },
    outputStore,
    health: context.health,
    limits: { maxBatchBytes: settings['max-batch-mib'] * 2 ** 20 },
    allowedOrigins: settings['cors-origins'],
    allowedHosts: settings['allowed-hosts'],
    log: log.child({ part: 'ades' }),
  });
  return {
    name: 'ades',
    url: ades.url,
    health: () => ({ name: 'ades', status: 'ready', detail: publicUrl ?? ades.url }),
    stop: () => ades.close(),
  };
}

function localFolders(map: Settings['cwl-url-map']): Record<string, string> {
  return Object.fromEntries(Object.entries(map).map(([prefix, folder]) => [prefix, resolve(String(folder))]));
}
