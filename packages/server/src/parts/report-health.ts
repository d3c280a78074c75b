import type { PartHealth } from '@daybook/ades';
import type { OutputStore } from '@daybook/output-store';
import type { Connections } from '../connections.ts';
import { storeHealth } from './output-store.ts';
import type { Part } from './part.ts';

/** The health of every part that this process runs, and of the database, the bus and the output store where they are elsewhere. */
export async function reportHealth(
  parts: readonly Part[],
  connections: Connections,
  outputStore: OutputStore,
): Promise<readonly PartHealth[]> {
  const runs = (name: Part['name']) => parts.some((part) => part.name === name);
  const elsewhere = await Promise.all([
    ...(runs('database') ? [] : [databaseHealth(connections)]),
    ...(runs('bus') ? [] : [busHealth(connections)]),
    ...(outputStore.url.startsWith('file:') ? [] : [storeHealth(outputStore)]),
  ]);
  return [...elsewhere, ...parts.map((part) => part.health())];
}

async function databaseHealth({ elasticsearch }: Connections): Promise<PartHealth> {
  const answers = await elasticsearch.ping();
  return { name: 'database', status: answers ? 'ready' : 'waiting', detail: elasticsearch.url };
}

async function busHealth({ bus, aws }: Connections): Promise<PartHealth> {
  const place = aws.endpoint ?? bus.requestQueueUrl;
  try {
    await bus.sqs.getQueueAttributes({ queueUrl: bus.requestQueueUrl, names: ['QueueArn'] });
    return { name: 'bus', status: 'ready', detail: place };
  } catch (error) {
    return { name: 'bus', status: 'waiting', detail: error instanceof Error ? error.message : place };
  }
}
