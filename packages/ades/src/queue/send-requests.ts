import type { SqsClient } from '@daybook/aws-client';
import { type ErrorCode, isDaybookError } from '@daybook/errors';
import { buildJobRequest } from '@daybook/jobs';

/** What the queue said to a request. */
export type SendResult =
  | { readonly result: 'sent' }
  /** It will never take it. */
  | { readonly result: 'refused'; readonly reason: string }
  /** It may have taken it or not, and may take it later. */
  | { readonly result: 'unknown'; readonly reason: string };

/** A queue of requests. */
export interface TargetQueue {
  readonly client: SqsClient;
  readonly url: string;
}

/** Most requests of one {@link sendRequests}: what SQS takes. */
export const MAX_REQUESTS_AT_ONCE = 10;

const PASSING: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['unavailable', 'timeout', 'limit-exceeded', 'internal']);

/**
 * Sends the ids of up to ten jobs to the request queue; one result for each, in their order. A job's id is message group and deduplication id, so that
 * sending it again is harmless. Never rejects, and answers within `timeoutMs`.
 */
export async function sendRequests(
  queue: TargetQueue,
  jobIds: readonly string[],
  timeoutMs: number,
): Promise<readonly SendResult[]> {
  const entries = jobIds.map((jobId, n) => ({ id: String(n), ...messageOf(jobId) }));
  try {
    const { failed } = await queue.client.sendMessageBatch(
      { queueUrl: queue.url, entries },
      { signal: AbortSignal.timeout(timeoutMs) },
    );
    return entries.map(({ id }): SendResult => {
      const failure = failed.find((each) => each.id === id);
      if (failure === undefined) return { result: 'sent' };
      return { result: failure.senderFault ? 'refused' : 'unknown', reason: `${failure.code}: ${failure.message}` };
    });
  } catch (error) {
    return jobIds.map(() => failureOf(error));
  }
}

function messageOf(jobId: string): { body: string; groupId: string; deduplicationId: string } {
  return { body: buildJobRequest(jobId), groupId: jobId, deduplicationId: jobId };
}

function failureOf(error: unknown): SendResult {
  const reason = error instanceof Error ? error.message : String(error);
  const refused = isDaybookError(error) && !PASSING.has(error.code);
  return { result: refused ? 'refused' : 'unknown', reason };
}
