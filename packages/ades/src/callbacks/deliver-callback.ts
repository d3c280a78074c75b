import { createHmac } from 'node:crypto';
import type { FetchPolicy } from '@daybook/cwltool';
import { isDaybookError } from '@daybook/errors';
import type { JobDocument } from '@daybook/jobs';
import { jobResults, resultsDocument } from '../jobs/job-results.ts';
import { ogcStatusInfo } from '../jobs/ogc-job.ts';
import { resultsRequestOf } from '../jobs/results-request.ts';
import { requestUnderPolicy } from '../references/request-under-policy.ts';
import type { CallbackEvent } from './subscriber.ts';

/** What became of one try. */
export type DeliveryResult =
  | { readonly result: 'delivered' }
  | { readonly result: 'failed'; readonly reason: string }
  /** The receiver wants no more of it. */
  | { readonly result: 'gone' };

/** One message to a subscriber. */
export interface Callback {
  readonly url: URL;
  readonly event: CallbackEvent;
  readonly jobId: string;
  readonly body: string;
}

/** How messages are sent. */
export interface DeliveryOptions {
  readonly fetchPolicy: FetchPolicy;
  /** Signs every message; undefined: none is signed. */
  readonly secret: string | undefined;
  readonly timeoutMs: number;
}

const GONE = 410;

/** What is told: the results document of a success, else statusInfo. */
export function callbackBody(job: JobDocument, event: CallbackEvent, baseUrl: string): string {
  if (event !== 'success') return JSON.stringify(ogcStatusInfo(job, baseUrl));
  return JSON.stringify(resultsDocument(job, jobResults(job, resultsRequestOf(job), baseUrl)));
}

/** Sends one message once; redirects are not followed, and the answer's body is not read (CALLBACKS.md). Never rejects. */
export async function deliverCallback(
  { url, event, jobId, body }: Callback,
  { fetchPolicy, secret, timeoutMs }: DeliveryOptions,
  signal: AbortSignal,
): Promise<DeliveryResult> {
  const timestamp = String(Math.floor(Date.now() / 1_000));
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    'content-length': String(Buffer.byteLength(body)),
    'daybook-event': event,
    'daybook-job': encodeURIComponent(jobId),
    'daybook-timestamp': timestamp,
    ...(secret !== undefined && { 'daybook-signature': signature(secret, timestamp, body) }),
  };
  const limit = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
  try {
    const answer = await requestUnderPolicy(url, fetchPolicy, { method: 'POST', headers, body, signal: limit });
    answer.on('error', () => undefined).destroy();
    const { statusCode = 0 } = answer;
    if (statusCode >= 200 && statusCode < 300) return { result: 'delivered' };
    return statusCode === GONE ? { result: 'gone' } : { result: 'failed', reason: `it answered ${statusCode}` };
  } catch (error) {
    return { result: 'failed', reason: reasonOf(error, limit) };
  }
}

/** `sha256=` and the HMAC-SHA-256 of timestamp, a dot and body, in hexadecimal. */
function signature(secret: string, timestamp: string, body: string): string {
  return `sha256=${createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')}`;
}

/** Without the URL, which may hold a secret. */
function reasonOf(error: unknown, limit: AbortSignal): string {
  if (isDaybookError(error)) return error.message;
  if (limit.aborted) return 'it took too long';
  return error instanceof Error && 'code' in error ? String(error.code) : 'no connection';
}
