import type { ReceivedMessage } from '@daybook/aws-client';
import { buildJobRequest, parseJobRequest } from '@daybook/jobs';
import { buildExhausted, isExhausted } from './exhausted.ts';
import type { ResolvedWorkerOptions } from './options.ts';
import { backOffMs, describeError, wait } from './retry.ts';
import type { UpdatePublisher } from './update-publisher.ts';

/** Gives every request that the queue has given up an end. */
export interface DeadLetterConsumer {
  stop(): Promise<void>;
}

/** What a consumer works with. */
export interface DeadLetterOptions {
  readonly options: Pick<
    ResolvedWorkerOptions,
    'database' | 'sqs' | 'requestQueueUrl' | 'deadLetterQueueUrl' | 'maxAttempts' | 'log'
  >;
  readonly publisher: Pick<UpdatePublisher, 'publish'>;
}

const LONG_POLL_SECONDS = 20;
const MAX_MESSAGES = 10;
const VISIBILITY_SECONDS = 60;

/**
 * Reads the request queue's dead-letter queue. A job whose attempts are exhausted gets its presumed failure; one that has attempts left, since its
 * request was received and given back without one, is queued again.
 */
export function startDeadLetterConsumer({ options, publisher }: DeadLetterOptions): DeadLetterConsumer {
  const { database, sqs, requestQueueUrl, deadLetterQueueUrl: queueUrl, maxAttempts, log } = options;
  const stopped = new AbortController();
  const { signal } = stopped;

  const settle = async (letter: ReceivedMessage): Promise<void> => {
    const request = parseJobRequest(letter.body);
    const job = request === undefined ? undefined : await database.getJob(request.jobId, { signal });
    if (request !== undefined && job !== undefined && !job.final) {
      if (isExhausted(job, request, maxAttempts)) {
        await publisher.publish(buildExhausted(job), signal);
      } else {
        const deduplicationId = `${letter.messageId}-again`;
        const body = buildJobRequest(job.id, request.handBacks);
        await sqs.sendMessage({ queueUrl: requestQueueUrl, body, groupId: job.id, deduplicationId }, { signal });
      }
    }
    await sqs.deleteMessage({ queueUrl, receiptHandle: letter.receiptHandle }, { signal });
  };
  const consumeOnce = async (): Promise<void> => {
    const request = {
      queueUrl,
      maxMessages: MAX_MESSAGES,
      waitTimeSeconds: LONG_POLL_SECONDS,
      visibilityTimeoutSeconds: VISIBILITY_SECONDS,
    };
    for (const letter of await sqs.receiveMessage(request, { signal })) {
      await settle(letter);
    }
  };
  const consume = async (): Promise<void> => {
    for (let failures = 0; ; ) {
      signal.throwIfAborted();
      try {
        await consumeOnce();
        failures = 0;
      } catch (error) {
        signal.throwIfAborted();
        failures++;
        if (failures === 1) {
          log('warn', `Requests that were given up wait for their end: ${describeError(error)}`);
        }
        await wait(backOffMs(failures), signal);
      }
    }
  };
  // It ends only by the signal.
  const ended = consume().catch(() => {});

  return {
    async stop() {
      stopped.abort(new Error('The worker ends'));
      await ended;
    },
  };
}
