import { type AwsClientOptions, createSqsClient, type ReceivedMessage, type SqsClient } from '@daybook/aws-client';
import { DaybookError, isDaybookError } from '@daybook/errors';
import type { Settings } from '../config/settings.ts';
import { UPDATE_DEAD_LETTER_QUEUE, UPDATE_QUEUE } from '../parts/bus-resources.ts';

/** A job update that could not be applied. */
export interface DeadLetter {
  readonly message: ReceivedMessage;
  readonly reason: string;
  /** What was published, out of the envelope of the topic. */
  readonly published: string;
  /** The job it is about: its message group, which publishers of updates set to the job's id. */
  readonly jobId: string;
  readonly sentAt: Date;
}

const BATCH = 10;
/** How long what was taken stays hidden from others when it is never given back. */
const HOLD_SECONDS = 60;

/** The dead-letter queue of job updates, as an operator looks through it. */
export class DeadLetterQueue {
  readonly #sqs: SqsClient;
  readonly #queueUrl: string;
  readonly #updateQueueUrl: string;

  private constructor(sqs: SqsClient, queueUrl: string, updateQueueUrl: string) {
    this.#sqs = sqs;
    this.#queueUrl = queueUrl;
    this.#updateQueueUrl = updateQueueUrl;
  }

  /** Finds the queues that the settings name, or those that Daybook makes on a bus. */
  static async open(aws: AwsClientOptions, settings: Settings): Promise<DeadLetterQueue> {
    const sqs = createSqsClient(aws);
    try {
      const find = (name: string): Promise<string> => sqs.getQueueUrl({ name });
      const queueUrl = settings['update-dead-letter-queue-url'] ?? (await find(UPDATE_DEAD_LETTER_QUEUE));
      return new DeadLetterQueue(sqs, queueUrl, settings['update-queue-url'] ?? (await find(UPDATE_QUEUE)));
    } catch (error) {
      await sqs.close();
      if (!isDaybookError(error, 'not-found')) throw error;
      throw new DaybookError('not-found', `there is no queue of job updates at ${aws.endpoint ?? 'AWS'} yet`);
    }
  }

  /** How many there are, about. */
  async count(): Promise<number> {
    const attributes = await this.#sqs.getQueueAttributes({ queueUrl: this.#queueUrl });
    const { ApproximateNumberOfMessages = '0', ApproximateNumberOfMessagesNotVisible = '0' } = attributes;
    return Number(ApproximateNumberOfMessages) + Number(ApproximateNumberOfMessagesNotVisible);
  }

  /**
   * Visits dead letters, ten at a time, until `visit` says that it has enough or there are no more to see. `visit` returns those that are
   * done with and are deleted; the others are given back at the end. Of one message group a queue shows only ten that are not deleted.
   */
  async each(visit: (letters: readonly DeadLetter[]) => Promise<Visit>): Promise<void> {
    const kept: ReceivedMessage[] = [];
    try {
      for (let enough = false; !enough; ) {
        const request = { queueUrl: this.#queueUrl, maxMessages: BATCH, waitTimeSeconds: 0 };
        const messages = await this.#sqs.receiveMessage({ ...request, visibilityTimeoutSeconds: HOLD_SECONDS });
        if (messages.length === 0) return;
        kept.push(...messages);
        const visited = await visit(messages.map(toDeadLetter));
        enough = visited.enough;
        await this.#delete(visited.done);
        for (const { message } of visited.done) kept.splice(kept.indexOf(message), 1);
      }
    } finally {
      await this.#giveBack(kept);
    }
  }

  /** Sends what a dead letter says to the update queue again. Twice within five minutes counts once. */
  async replay({ message, jobId }: DeadLetter): Promise<void> {
    const fifo = { groupId: jobId, deduplicationId: `replay-${message.messageId}` };
    await this.#sqs.sendMessage({
      queueUrl: this.#updateQueueUrl,
      body: message.body,
      ...(this.#updateQueueUrl.endsWith('.fifo') ? fifo : {}),
    });
  }

  async close(): Promise<void> {
    await this.#sqs.close();
  }

  async #delete(letters: readonly DeadLetter[]): Promise<void> {
    if (letters.length === 0) return;
    const entries = letters.map(({ message }, at) => ({ id: String(at), receiptHandle: message.receiptHandle }));
    const { failed } = await this.#sqs.deleteMessageBatch({ queueUrl: this.#queueUrl, entries });
    if (failed[0] !== undefined) throw new DaybookError('unavailable', `a dead letter stays: ${failed[0].message}`);
  }

  async #giveBack(messages: readonly ReceivedMessage[]): Promise<void> {
    for (let from = 0; from < messages.length; from += BATCH) {
      const batch = messages.slice(from, from + BATCH);
      const entries = batch.map(({ receiptHandle }, at) => ({
        id: String(at),
        receiptHandle,
        visibilityTimeoutSeconds: 0,
      }));
      await this.#sqs.changeMessageVisibilityBatch({ queueUrl: this.#queueUrl, entries });
    }
  }
}

/** What a visitor did with the letters that it saw. */
export interface Visit {
  /** Not needed any more. */
  readonly done: readonly DeadLetter[];
  /** Whether to see no more. */
  readonly enough: boolean;
}

function toDeadLetter(message: ReceivedMessage): DeadLetter {
  const { reason } = message.messageAttributes;
  const { DeadLetterQueueSourceArn: source, MessageGroupId, SentTimestamp } = message.attributes;
  return {
    message,
    reason: reason?.stringValue ?? (source === undefined ? 'unknown' : `received too often from ${source}`),
    published: unwrapped(message.body),
    jobId: MessageGroupId ?? message.messageId,
    sentAt: new Date(Number(SentTimestamp)),
  };
}

function unwrapped(body: string): string {
  try {
    const envelope = JSON.parse(body);
    if (envelope?.Type === 'Notification' && typeof envelope.Message === 'string') return envelope.Message;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  return body;
}
