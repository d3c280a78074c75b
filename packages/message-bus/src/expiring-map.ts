/** A map whose entries end at a time of their own. Cheap as long as times are set in roughly rising order. */
export class ExpiringMap<Value> {
  /** In the order of their setting. */
  readonly #entries = new Map<string, { readonly value: Value; readonly until: number }>();

  get(key: string, now: number): Value | undefined {
    const entry = this.#entries.get(key);
    return entry !== undefined && entry.until > now ? entry.value : undefined;
  }

  set(key: string, value: Value, until: number): void {
    this.#entries.delete(key);
    this.#entries.set(key, { value, until });
  }

  /** Drops what has ended by `now`. To be called now and then, not for each entry: it walks over what was dropped before. */
  expire(now: number): void {
    for (const [key, { until }] of this.#entries) {
      if (until > now) return;
      this.#entries.delete(key);
    }
  }

  /** Entries in the order of their setting; the map may change meanwhile. */
  *entries(): Iterable<{ readonly key: string; readonly value: Value; readonly until: number }> {
    for (const [key, { value, until }] of this.#entries) yield { key, value, until };
  }
}
