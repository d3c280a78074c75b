/** So long a step may take before the next one is smaller. */
const LONG_MS = 2;

/** How many items one step takes: more after a short one, fewer after a long one. */
export class StepSize {
  readonly #least: number;
  readonly #most: number;
  readonly #nowMs: () => number;
  #items: number;

  constructor(
    { first, least, most }: { readonly first: number; readonly least: number; readonly most: number },
    nowMs: () => number = () => performance.now(),
  ) {
    this.#items = first;
    this.#least = least;
    this.#most = most;
    this.#nowMs = nowMs;
  }

  get items(): number {
    return this.#items;
  }

  /** Takes a step, and learns from it. */
  take(step: () => void): void {
    const startMs = this.#nowMs();
    step();
    const tookMs = this.#nowMs() - startMs;
    // A step that took far longer is not halved but brought back to its time.
    this.#items =
      tookMs <= LONG_MS
        ? Math.min(this.#most, this.#items * 2)
        : Math.max(this.#least, Math.floor(this.#items * Math.min(0.5, LONG_MS / tookMs)));
  }
}
