import { randomBytes } from 'node:crypto';
import type { DaybookError } from '@daybook/errors';

/** Things that a client holds open by an identifier for a while; what is not asked for in time is closed. */
export interface ExpiringRegistry<T> {
  /** Takes the value over; when `maxOpen` are open, closes it and throws `limit-exceeded`. */
  open(value: T, keepAliveMs: number, maxOpen: number): string;
  /** Undefined when it never was or has expired; otherwise its time starts anew, and is as long as the longest that was asked for. */
  get(id: string, keepAliveMs?: number): T | undefined;
  close(id: string): boolean;
  closeAll(): readonly string[];
  /** What is open, the oldest first. */
  list(): readonly { readonly id: string; readonly keepAliveMs: number; readonly openedAtMs: number }[];
  size(): number;
}

/** How long what has expired is still held, at most. */
const sweepMs = 10_000;

/** An empty registry; `tooMany` is what is thrown once `maxOpen` are open, `onClose` is called once for each that was closed or has expired. */
export function createExpiringRegistry<T>(options: {
  readonly tooMany: (maxOpen: number) => DaybookError;
  readonly onClose: (value: T) => void;
}): ExpiringRegistry<T> {
  const entries = new Map<string, { value: T; keepAliveMs: number; openedAtMs: number; expiresAtMs: number }>();
  const close = (id: string): boolean => {
    const entry = entries.get(id);
    if (entry === undefined) return false;
    entries.delete(id);
    options.onClose(entry.value);
    return true;
  };
  let timer: NodeJS.Timeout | undefined;
  const sweep = (): void => {
    const nowMs = Date.now();
    for (const [id, entry] of entries) if (entry.expiresAtMs <= nowMs) close(id);
    clearTimeout(timer);
    // What nobody asks for again expires all the same.
    if (entries.size > 0) timer = setTimeout(sweep, sweepMs).unref();
  };
  return {
    open: (value, keepAliveMs, maxOpen) => {
      sweep();
      if (entries.size >= maxOpen) {
        options.onClose(value);
        throw options.tooMany(maxOpen);
      }
      const id = randomBytes(24).toString('base64url');
      const openedAtMs = Date.now();
      entries.set(id, { value, keepAliveMs, openedAtMs, expiresAtMs: openedAtMs + keepAliveMs });
      sweep();
      return id;
    },
    get: (id, keepAliveMs) => {
      sweep();
      const entry = entries.get(id);
      if (entry === undefined) return undefined;
      // compat: a shorter time than before does not shorten it.
      entry.keepAliveMs = Math.max(entry.keepAliveMs, keepAliveMs ?? 0);
      entry.expiresAtMs = Date.now() + entry.keepAliveMs;
      return entry.value;
    },
    close,
    closeAll: () => [...entries.keys()].filter(close),
    list: () => {
      sweep();
      return [...entries].map(([id, { keepAliveMs, openedAtMs }]) => ({ id, keepAliveMs, openedAtMs }));
    },
    size: () => {
      sweep();
      return entries.size;
    },
  };
}
