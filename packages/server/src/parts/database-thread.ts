import { parentPort, workerData } from 'node:worker_threads';
import { createElasticsearchApi } from '@daybook/elasticsearch-api';
import { openEngine } from '@daybook/search-engine';
import { createLog } from '../log.ts';
import type { DatabaseThreadMessage, DatabaseThreadOptions } from './database-thread-messages.ts';

/** The embedded jobs database, in a thread of its own, so that a long aggregation keeps no other part waiting. */
async function main(options: DatabaseThreadOptions): Promise<void> {
  const tell = (message: DatabaseThreadMessage) => parentPort?.postMessage(message);
  const log = createLog(options.logLevel).child({ part: 'database' });
  const engine = await openEngine({
    directory: options.directory,
    durability: options.durability,
    checkpointRecords: options.checkpointRecords,
    segmentBytes: options.segmentBytes,
    onTornTail: (bytes) =>
      log.warn({ bytes }, 'the end of the log was torn and has been cut off: it was written when the process died'),
    onDamage: (error) =>
      log.error({ err: error }, 'a document is damaged: write it anew, delete it, or restore a copy'),
    onDiskFull: (error) => {
      if (error === undefined) log.warn('the disk has room again: writes are accepted');
      else log.error({ err: error }, 'the disk is full: writes are refused');
      tell({ type: 'disk-full', reason: error?.message });
    },
    onCheckpointDelayed: (error) => log.error({ err: error }, 'a checkpoint was not written; it is with the next one'),
    onFailure: (error) => {
      log.error({ err: error }, 'the disk failed: nothing is accepted any more');
      tell({ type: 'failed', reason: error.message });
    },
  });
  const api = await createElasticsearchApi({
    engine,
    log: ({ level, message, error }) => log[level]({ err: error }, message),
    ...options.api,
  });
  tell({ type: 'listening', url: api.url });
  parentPort?.once('message', async () => {
    await api.close();
    await engine.close();
    tell({ type: 'stopped' });
    parentPort?.close();
  });
}

await main(workerData as DatabaseThreadOptions);
