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

const PASSING: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['unavailable', 'timeout', 'limit-exceeded', 'internal']);

/**
 * Sends a job's id to the request queue. The job's id is message group and deduplication id, so that sending it again is harmless. Never
 * rejects, and answers within `timeoutMs`.
 */
export async function sendRequest(
  queue: { readonly client: SqsClient; readonly url: string },
  jobId: string,
  timeoutMs: number,
): Promise<SendResult> {
  const message = { body: buildJobRequest(jobId), groupId: jobId, deduplicationId: jobId };
  try {
    await queue.client.sendMessage({ queueUrl: queue.url, ...message }, { signal: AbortSignal.timeout(timeoutMs) });
    return { result: 'sent' };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const refused = isDaybookError(error) && !PASSING.has(error.code);
    return { result: refused ? 'refused' : 'unknown', reason };
  }
}
