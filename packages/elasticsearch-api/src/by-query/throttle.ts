/** compat: no wait is longer than an hour, whatever the rate. */
const longestMs = 3_600_000;

interface Wait {
  readonly requestsPerSecond: number;
  readonly delayMs: number;
  readonly endMs: number;
  /** Goes on with the run. */
  readonly end: () => void;
  readonly timer: NodeJS.Timeout;
}

/**
 * Keeps a run to a number of documents a second, which may change as it runs, by waits between its batches. They end at once, and none begins, when the
 * run is cancelled.
 */
export class Throttle {
  readonly signal: AbortSignal;
  #requestsPerSecond: number;
  #wait: Wait | undefined;

  /** No limit is Infinity. */
  constructor(requestsPerSecond: number, signal: AbortSignal) {
    this.#requestsPerSecond = requestsPerSecond;
    this.signal = signal;
    signal.addEventListener('abort', () => this.rethrottle(Number.POSITIVE_INFINITY), { once: true });
  }

  get requestsPerSecond(): number {
    return this.#requestsPerSecond;
  }

  /** Why the run is to end, once it is. */
  get canceled(): string | undefined {
    return this.signal.aborted ? String(this.signal.reason) : undefined;
  }

  /** What is left of the present wait, in milliseconds. */
  get untilMs(): number {
    return this.#wait === undefined ? 0 : Math.max(0, this.#wait.endMs - performance.now());
  }

  /**
   * Waits as long as a batch of so many writes takes at this rate; resolves with how long that was, in milliseconds. compat: whatever time the batch did
   * take counts for nothing.
   */
  async wait(writes: number): Promise<number> {
    const delayMs = Math.min((writes / this.#requestsPerSecond) * 1000, longestMs);
    if (delayMs === 0) return 0;
    await new Promise<void>((end) => this.#begin(delayMs, end));
    const waitedMs = this.#wait?.delayMs ?? 0;
    this.#wait = undefined;
    return waitedMs;
  }

  /**
   * A higher rate shortens the present wait too; a lower one counts from the next on. compat: a wait that was shortened counts as long as it was from then on.
   */
  rethrottle(requestsPerSecond: number): void {
    this.#requestsPerSecond = requestsPerSecond;
    const wait = this.#wait;
    if (wait === undefined || requestsPerSecond <= wait.requestsPerSecond) return;
    clearTimeout(wait.timer);
    this.#begin(this.untilMs * (wait.requestsPerSecond / requestsPerSecond), wait.end);
  }

  #begin(delayMs: number, end: () => void): void {
    const timer = setTimeout(end, delayMs);
    const requestsPerSecond = this.#requestsPerSecond;
    this.#wait = { requestsPerSecond, delayMs, endMs: performance.now() + delayMs, end, timer };
  }
}
