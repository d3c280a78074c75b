import { setTimeout as delay } from 'node:timers/promises';
import { type AwsKeys, signRequest } from '@daybook/aws-client/sign';
import type { JobUpdate } from '@daybook/jobs';
import { post } from './post.ts';

/** Where to publish, as whom, and for how long to try. */
export interface PublishOptions {
  readonly topicArn: string;
  /** URL of the topic's service. */
  readonly endpoint: string;
  readonly region: string;
  /** Absent: the request is not signed. */
  readonly keys?: AwsKeys;
  /** Limit of all tries. */
  readonly timeoutMs: number;
}

/** Whether the topic took the update, or why not; `final`: it would be refused again. */
export type Published =
  | { readonly published: true }
  | { readonly published: false; readonly final: boolean; readonly reason: string };

const TRY_TIMEOUT_MS = 6_000;
const FIRST_WAIT_MS = 200;
const LONGEST_WAIT_MS = 3_000;

/**
 * Publishes by the query protocol of Amazon SNS (API version 2010-03-31). The event id is the deduplication id, so a try whose
 * answer was lost is not counted twice. Tried again within the limit, unless the service refuses it for good. Never throws.
 */
export async function publish(update: JobUpdate, text: string, options: PublishOptions): Promise<Published> {
  const deadline = Date.now() + options.timeoutMs;
  const body = formBody(update, text, options.topicArn);
  for (let waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(2 * waitMs, LONGEST_WAIT_MS)) {
    const tried = await tryOnce(body, options, Math.min(TRY_TIMEOUT_MS, deadline - Date.now()));
    if (tried.published || tried.final) return tried;
    if (Date.now() + waitMs >= deadline) return tried;
    await delay(waitMs * (0.5 + Math.random() / 2));
  }
}

async function tryOnce(body: string, options: PublishOptions, timeoutMs: number): Promise<Published> {
  try {
    const { status, text } = await postForm(body, options, timeoutMs);
    if (status < 300) return { published: true };
    const isPassing = status >= 500 || status === 429 || /<Code>(Throttl|RequestLimit|TooManyRequests)/i.test(text);
    const why = /<Message>([^<]*)/.exec(text)?.[1] ?? text.slice(0, 200);
    return { published: false, final: !isPassing, reason: `the topic answered ${status}: ${why}` };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return { published: false, final: false, reason: `${options.endpoint} cannot be reached: ${message || code}` };
  }
}

async function postForm(
  body: string,
  options: PublishOptions,
  timeoutMs: number,
): Promise<{ status: number; text: string }> {
  const url = new URL(options.endpoint);
  const plain = {
    'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
    'content-length': String(Buffer.byteLength(body)),
  };
  const headers =
    options.keys === undefined
      ? plain
      : signRequest(
          { method: 'POST', url: url.href, headers: plain, body },
          { region: options.region, service: 'sns', keys: options.keys },
        );
  return await post(url, headers, body, timeoutMs);
}

function formBody(update: JobUpdate, text: string, topicArn: string): string {
  const fifo = topicArn.endsWith('.fifo')
    ? { MessageGroupId: update.id, MessageDeduplicationId: update['event-id'] }
    : {};
  const parameters = { Action: 'Publish', Version: '2010-03-31', TopicArn: topicArn, Message: text, ...fifo };
  return new URLSearchParams(parameters).toString();
}
