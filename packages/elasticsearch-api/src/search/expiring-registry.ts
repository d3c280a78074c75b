import { randomBytes } from 'node:crypto';
import { DaybookError } from '@daybook/errors';

/** Things that a client holds open by an identifier for a while; what is not asked for in time is let go. */
export interface ExpiringRegistry<T> {
  /** Throws `limit-exceeded` when too many are open. */
  open(value: T, keepAliveMs: number): string;
  /** Undefined when it never was or has expired; otherwise its time starts anew where one is given. */
  get(id: string, keepAliveMs?: number): T | undefined;
  close(id: string): boolean;
  closeAll(): number;
  size(): number;
}

const maxKeepAliveMs = 24 * 3_600_000;

/** An empty registry; `tooMany` is what is said once `maxOpen` are open. */
export function createExpiringRegistry<T>(options: {
  readonly maxOpen: number;
  readonly tooMany: string;
}): ExpiringRegistry<T> {
  const entries = new Map<string, { value: T; keepAliveMs: number; expiresAtMs: number }>();
  const sweep = (): void => {
    const nowMs = Date.now();
    for (const [id, entry] of entries) if (entry.expiresAtMs <= nowMs) entries.delete(id);
  };
  return {
    open: (value, keepAliveMs) => {
      sweep();
      if (entries.size >= options.maxOpen) throw new DaybookError('limit-exceeded', options.tooMany);
      const id = randomBytes(24).toString('base64url');
      const boundedMs = Math.min(keepAliveMs, maxKeepAliveMs);
      entries.set(id, { value, keepAliveMs: boundedMs, expiresAtMs: Date.now() + boundedMs });
      return id;
    },
    get: (id, keepAliveMs) => {
      sweep();
      const entry = entries.get(id);
      if (entry === undefined) return undefined;
      entry.keepAliveMs = Math.min(keepAliveMs ?? entry.keepAliveMs, maxKeepAliveMs);
      entry.expiresAtMs = Date.now() + entry.keepAliveMs;
      return entry.value;
    },
    close: (id) => entries.delete(id),
    closeAll: () => {
      const count = entries.size;
      entries.clear();
      return count;
    },
    size: () => {
      sweep();
      return entries.size;
    },
  };
}
