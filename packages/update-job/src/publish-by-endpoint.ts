import { setTimeout as delay } from 'node:timers/promises';
import { post } from './post.ts';
import type { Published } from './publish.ts';

/** The worker's endpoint, and the token of the job that runs. */
export interface WorkerEndpoint {
  readonly url: string;
  readonly token: string;
}

const TRY_TIMEOUT_MS = 16_000;
const WAIT_MS = 500;

/**
 * Gives an update over HTTP to the worker that runs this job, which publishes it in the job's name. Tried again within the limit, unless it
 * is refused for good. Never throws.
 */
export async function publishByEndpoint(text: string, endpoint: WorkerEndpoint, timeoutMs: number): Promise<Published> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const tried = await tryOnce(text, endpoint, Math.min(TRY_TIMEOUT_MS, deadline - Date.now()));
    if (tried.published || tried.final || Date.now() + WAIT_MS >= deadline) return tried;
    await delay(WAIT_MS);
  }
}

async function tryOnce(text: string, { url, token }: WorkerEndpoint, timeoutMs: number): Promise<Published> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  try {
    const answer = await post(new URL(url), headers, text, timeoutMs);
    if (answer.status === 200) return { published: true };
    const reason = `the worker answered ${answer.status}: ${answer.text.trim().slice(0, 300)}`;
    return { published: false, final: answer.status < 500, reason };
  } catch (error) {
    return { published: false, final: false, reason: `${url} cannot be reached: ${(error as Error).message}` };
  }
}
