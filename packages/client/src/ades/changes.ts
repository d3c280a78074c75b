import { setTimeout as delay } from 'node:timers/promises';
import { readChunks } from './read-chunks.ts';
import { readEvents } from './server-sent-events.ts';
import type { Transport } from './transport.ts';

/** Until then an ADES that has events has begun to send them. */
const OPENED_WITHIN_MS = 2_000;
/** After a stream that broke, and after one that was refused. */
const AGAIN_MS = 1_000;
const REFUSED_AGAIN_MS = 30_000;
/** How long jobs are believed not to have changed because no event said so. */
const QUIET_MS = 10_000;

/** Tells when to look again at jobs that are waited for or watched. */
export interface Changes {
  /**
   * Resolves once jobs have changed since the call before, not before `leastMs`; where the ADES does not say when they change, after `pollMs`. At the latest
   * after `mostMs`. Rejects where the signal aborts.
   */
  next(wait: { readonly leastMs: number; readonly pollMs: number; readonly mostMs?: number }): Promise<void>;
  /** Must be called: the connection keeps the process alive. */
  close(): void;
}

/** Follows the events of the jobs that the query parameters of `GET /jobs/events` select. Never rejects: an ADES that sends none is to be polled. */
export async function followChanges(ades: Transport, query: URLSearchParams, signal: AbortSignal): Promise<Changes> {
  const closing = new AbortController();
  let isLive = false;
  let hasChanged = false;
  let wake = (): void => {};

  function changed(): void {
    hasChanged = true;
    wake();
  }

  function close(): void {
    closing.abort();
    wake();
  }

  /** Until events end; false where there were none to be had. */
  async function follow(opened: () => void): Promise<boolean> {
    const response = await ades.open({
      path: `/jobs/events?${query}`,
      headers: { accept: 'text/event-stream' },
      signal: closing.signal,
      isOnce: true,
    });
    if (response.headers.get('content-type')?.startsWith('text/event-stream') !== true) {
      await response.body?.cancel();
      return false;
    }
    isLive = true;
    // What has happened until now, nobody tells.
    changed();
    opened();
    for await (const _ of readEvents(readChunks(response))) changed();
    return true;
  }

  async function keepFollowing(opened: () => void): Promise<void> {
    while (!closing.signal.aborted) {
      const wasLive = await follow(opened).catch(() => isLive);
      isLive = false;
      opened();
      wake();
      await delay(wasLive ? AGAIN_MS : REFUSED_AGAIN_MS, undefined, { signal: closing.signal }).catch(() => undefined);
    }
  }

  function pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        wake = () => {};
        resolve();
      };
      const timer = setTimeout(done, ms);
      wake = done;
    });
  }

  if (signal.aborted) close();
  signal.addEventListener('abort', close, { once: true });
  await Promise.race([
    new Promise<void>((opened) => {
      keepFollowing(opened);
    }),
    delay(OPENED_WITHIN_MS, undefined, { signal: closing.signal }).catch(() => undefined),
  ]);

  return {
    async next({ leastMs, pollMs, mostMs = Number.POSITIVE_INFINITY }) {
      const startedAt = Date.now();
      for (;;) {
        signal.throwIfAborted();
        const dueMs = !isLive ? pollMs : hasChanged ? leastMs : QUIET_MS;
        const leftMs = Math.min(dueMs, mostMs) - (Date.now() - startedAt);
        if (leftMs <= 0) break;
        await pause(leftMs);
      }
      hasChanged = false;
    },
    close() {
      signal.removeEventListener('abort', close);
      close();
    },
  };
}
