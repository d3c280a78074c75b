import type { ReceivedMessage, SqsClient } from '@daybook/aws-client';

/** How messages are received. */
export interface ReceiveOptions {
  readonly sqs: SqsClient;
  readonly queueUrl: string;
  /** Most messages of one batch. */
  readonly maxBatch: number;
  readonly waitTimeSeconds: number;
}

/** What one receive may bring. */
const MAX_MESSAGES = 10;
/** Receives at once where the queue is deep. */
const MAX_RECEIVES_AT_ONCE = 10;

/**
 * Waits for messages and takes as many as there are, up to `maxBatch`: one long poll, then, as long as the queue fills
 * whole answers, many receives at once. Rejects only when the first receive does.
 */
export async function receiveBatch(options: ReceiveOptions, signal: AbortSignal): Promise<readonly ReceivedMessage[]> {
  const { sqs, queueUrl, maxBatch, waitTimeSeconds } = options;
  const first = await sqs.receiveMessage(
    { queueUrl, maxMessages: Math.min(maxBatch, MAX_MESSAGES), waitTimeSeconds },
    { signal },
  );
  const batch = [...first];
  let lanes = 1;
  let deep = first.length === MAX_MESSAGES;
  while (deep && batch.length < maxBatch && !signal.aborted) {
    const wanted = Math.ceil((maxBatch - batch.length) / MAX_MESSAGES);
    lanes = Math.min(lanes * 2, wanted, MAX_RECEIVES_AT_ONCE);
    const before = batch.length;
    const answers = await Promise.allSettled(
      Array.from({ length: lanes }, (_, i) =>
        sqs.receiveMessage({
          queueUrl,
          maxMessages: Math.min(MAX_MESSAGES, maxBatch - before - i * MAX_MESSAGES),
          waitTimeSeconds: 0,
        }),
      ),
    );
    for (const answer of answers) if (answer.status === 'fulfilled') batch.push(...answer.value);
    deep = batch.length - before >= (lanes * MAX_MESSAGES) / 2;
  }
  return batch;
}
