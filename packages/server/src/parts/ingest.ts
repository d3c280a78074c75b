import { createDeadLetter, createHandler, startPoller } from '@daybook/job-ingest';
import type { Part } from './part.ts';
import type { PartContext } from './part-context.ts';

/** Starts the poller that feeds the update queue to the handler. */
export function startIngest({ connections, outputStore, s3, log }: PartContext): Part {
  const { bus, database, elasticsearch } = connections;
  const say = (message: string) => log.warn({ part: 'ingest' }, message);
  const poller = startPoller({
    sqs: bus.sqs,
    queueUrl: bus.updateQueueUrl,
    handler: createHandler({
      database,
      deadLetter: createDeadLetter({ sqs: bus.sqs, queueUrl: bus.updateDeadLetterQueueUrl }),
      verdicts: { urlPrefixes: [outputStore.url], ...(s3 !== undefined && { s3 }) },
      log: say,
    }),
    isReady: () => elasticsearch.ping(),
    log: say,
  });
  return {
    name: 'ingest',
    health() {
      const { state, reason, done } = poller.health();
      const status = state === 'polling' ? 'ready' : state === 'waiting' ? 'waiting' : 'failed';
      return { name: 'ingest', status, detail: reason ?? `${done} updates since the start` };
    },
    stop: () => poller.stop(),
  };
}
