import { FifoList } from './fifo-list.ts';

/** A map whose entries end at a time of their own. Cheap as long as times are set in roughly rising order. */
export class ExpiringMap<Value> {
  readonly #entries = new Map<string, { readonly value: Value; readonly until: number }>();
  readonly #order = new FifoList<{ readonly key: string; readonly until: number }>();

  get(key: string, now: number): Value | undefined {
    const entry = this.#entries.get(key);
    return entry !== undefined && entry.until > now ? entry.value : undefined;
  }

  set(key: string, value: Value, until: number): void {
    this.#entries.set(key, { value, until });
    this.#order.push({ key, until });
  }

  /** Drops what has ended by `now`. */
  expire(now: number): void {
    for (let oldest = this.#order.peek(); oldest !== undefined && oldest.until <= now; oldest = this.#order.peek()) {
      this.#order.shift();
      // The key may have been set again since.
      if (this.#entries.get(oldest.key)?.until === oldest.until) this.#entries.delete(oldest.key);
    }
  }

  /** Entries in the order of their setting; the map may change meanwhile. */
  *entries(): Iterable<{ readonly key: string; readonly value: Value; readonly until: number }> {
    for (const [key, { value, until }] of this.#entries) yield { key, value, until };
  }
}
