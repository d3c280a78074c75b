import { createHandler, startPoller } from '@daybook/job-ingest';
import type { Connections } from '../connections.ts';
import type { DataDir } from '../data-dir.ts';
import type { Logger } from '../log.ts';
import type { Part } from './part.ts';

/** Starts the poller that feeds the update queue to the handler. */
export function startIngest(connections: Connections, dataDir: DataDir, log: Logger): Part {
  const { bus, database } = connections;
  const handler = createHandler({
    database,
    deadLetter: { sqs: bus.sqs, queueUrl: bus.updateDeadLetterQueueUrl },
    resultPrefixes: [dataDir.outputs],
    log,
  });
  const poller = startPoller({ sqs: bus.sqs, queueUrl: bus.updateQueueUrl, handler, log });
  return { name: 'ingest', health: () => ({ name: 'ingest', ...poller.health() }), stop: () => poller.stop() };
}
