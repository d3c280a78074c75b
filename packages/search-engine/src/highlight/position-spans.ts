/** Positions from the first to the last word of each place where a phrase stands. */
export class PositionSpans {
  /** Where a span begins → where the longest that begins there ends. */
  readonly #ends = new Map<number, number>();
  #covered: Set<number> | undefined;

  /** A span over the positions of its words. */
  add(positions: readonly number[]): void {
    const start = Math.min(...positions);
    const end = Math.max(...positions);
    this.#ends.set(start, Math.max(end, this.#ends.get(start) ?? end));
    this.#covered = undefined;
  }

  /** The last position of the span that begins there. */
  endFrom(start: number): number | undefined {
    return this.#ends.get(start);
  }

  covers(position: number): boolean {
    this.#covered ??= this.#coverage();
    return this.#covered.has(position);
  }

  #coverage(): Set<number> {
    const covered = new Set<number>();
    let reached = -1;
    for (const [start, end] of [...this.#ends].sort(([a], [b]) => a - b)) {
      for (let position = Math.max(start, reached + 1); position <= end; position++) covered.add(position);
      reached = Math.max(reached, end);
    }
    return covered;
  }
}
