/** Tasks that run beside each other and end together: the first that fails stops the others. */
export class TaskGroup {
  readonly #maxRunning: number;
  readonly #running = new Set<Promise<void>>();
  readonly #stop = new AbortController();
  readonly #signal: AbortSignal;

  constructor(maxRunning: number, outer: AbortSignal | undefined) {
    this.#maxRunning = maxRunning;
    this.#signal = outer === undefined ? this.#stop.signal : AbortSignal.any([outer, this.#stop.signal]);
  }

  /** Starts a task as soon as there is room for it; rejects with what has stopped the group. */
  async start(task: (signal: AbortSignal) => Promise<void>): Promise<void> {
    while (this.#running.size >= this.#maxRunning) await Promise.race(this.#running);
    this.#signal.throwIfAborted();
    const running: Promise<void> = task(this.#signal)
      .catch((error: unknown) => this.#stop.abort(error))
      .finally(() => this.#running.delete(running));
    this.#running.add(running);
  }

  /** Waits until no task runs; rejects with what has stopped the group. */
  async settle(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
    this.#signal.throwIfAborted();
  }

  /** Stops the tasks and waits until none runs. */
  async cancel(): Promise<void> {
    this.#stop.abort(new Error('cancelled'));
    await this.settle().catch(() => {});
  }
}
