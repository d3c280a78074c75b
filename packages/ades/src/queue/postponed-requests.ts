import type { SendResult } from './send-requests.ts';

const FIRST_DELAY_MS = 1_000;
const MAX_DELAY_MS = 30_000;
/** Requests beyond these are left to the sweep. */
const MAX_POSTPONED = 10_000;

/** Jobs of which it is unknown whether the queue has them, sent again until it says so. */
export interface PostponedRequests {
  add(jobId: string): void;
  close(): Promise<void>;
}

/** Sends again one after the other; the pause doubles while the queue stays away. Nothing here outlives the process: the sweep does. */
export function createPostponedRequests(
  send: (jobId: string) => Promise<SendResult>,
  firstDelayMs: number = FIRST_DELAY_MS,
): PostponedRequests {
  const waiting = new Set<string>();
  let delayMs = firstDelayMs;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;
  let closed = false;

  async function sendAll(): Promise<void> {
    for (const jobId of waiting) {
      if (closed) return;
      const { result } = await send(jobId);
      if (result === 'unknown') {
        delayMs = Math.min(2 * delayMs, MAX_DELAY_MS);
        return;
      }
      waiting.delete(jobId);
      delayMs = firstDelayMs;
    }
  }

  function schedule(): void {
    if (closed || waiting.size === 0 || running !== undefined) return;
    timer ??= setTimeout(() => {
      timer = undefined;
      running = sendAll().finally(() => {
        running = undefined;
        schedule();
      });
    }, delayMs).unref();
  }

  return {
    add(jobId) {
      if (waiting.size < MAX_POSTPONED) waiting.add(jobId);
      schedule();
    },
    async close() {
      closed = true;
      clearTimeout(timer);
      await running;
    },
  };
}
