import type { SnsClient } from '@daybook/aws-client';
import { type JobUpdate, type VerdictUpdate, verdictByReference } from '@daybook/jobs';
import type { OutputStore } from '@daybook/output-store';
import type { WorkerLog } from './options.ts';
import { describeError, retry } from './retry.ts';

/** How to publish for certain. */
interface PublishSurelyOptions {
  /** Ends the tries. */
  readonly signal: AbortSignal;
  /** Called right before each try; it may abort the signal. */
  readonly beforeEach?: () => void;
}

/** Says on the topic how jobs are. Every update goes under its own event id, in the message group of its job. */
export interface UpdatePublisher {
  /** Publishes once. */
  publish(update: JobUpdate, signal: AbortSignal): Promise<void>;
  /** Publishes until the topic has acknowledged it; rejects only when the signal is aborted. */
  publishSurely(update: JobUpdate, options: PublishSurelyOptions): Promise<void>;
  /** As {@link publishSurely}; a verdict that is too large for a message goes through the output store. */
  publishVerdict(update: VerdictUpdate, options: PublishSurelyOptions): Promise<void>;
}

/** What a publisher works with. */
export interface UpdatePublisherOptions {
  readonly sns: Pick<SnsClient, 'publish'>;
  readonly topicArn: string;
  readonly outputStore: Pick<OutputStore, 'putResults'>;
  readonly log: WorkerLog;
}

/** Larger verdicts go by reference: a message may have 256 KiB, the topic's envelope and its escapes counted in. */
const MAX_VERDICT_BYTES = 200 * 1024;

/** A publisher of job updates. */
export function createUpdatePublisher({ sns, topicArn, outputStore, log }: UpdatePublisherOptions): UpdatePublisher {
  const publish = async (update: JobUpdate, signal: AbortSignal): Promise<void> => {
    const message = JSON.stringify(update);
    await sns.publish({ topicArn, message, groupId: update.id, deduplicationId: update['event-id'] }, { signal });
  };
  const surely = <T>(jobId: string, signal: AbortSignal, action: () => Promise<T>): Promise<T> =>
    retry(action, {
      signal,
      // A topic that is missing or refuses can be mended; the end of a job must not get lost meanwhile.
      isPassing: () => true,
      onFirstFailure: (error) =>
        log('warn', `An update could not be published and is tried again: ${describeError(error)}`, { jobId }),
    });
  const publishSurely: UpdatePublisher['publishSurely'] = (update, { signal, beforeEach }) =>
    surely(update.id, signal, async () => {
      beforeEach?.();
      signal.throwIfAborted();
      await publish(update, signal);
    });

  return {
    publish,
    publishSurely,
    async publishVerdict(update, options) {
      const bytes = Buffer.from(JSON.stringify(update));
      if (bytes.byteLength <= MAX_VERDICT_BYTES) {
        return publishSurely(update, options);
      }
      const stored = await surely(update.id, options.signal, () =>
        outputStore.putResults(update.id, update.attempt ?? 1, bytes),
      );
      return publishSurely(verdictByReference(update, stored), options);
    },
  };
}
