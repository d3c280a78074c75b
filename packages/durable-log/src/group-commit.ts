import { DaybookError } from '@daybook/errors';

/** What a group commit puts on disk. */
export interface Syncable {
  /** Whether there is nothing left to sync. */
  readonly synced: boolean;
  sync(): Promise<void>;
}

/**
 * Lets all commits of one turn of the event loop share one sync; those that come while it runs share the next. The first
 * failure is final.
 */
export class GroupCommit {
  readonly #target: Syncable;
  #running = false;
  #next: { promise: Promise<void>; resolve: () => void; reject: (error: unknown) => void } | undefined;
  #failure: DaybookError | undefined;

  constructor(target: Syncable) {
    this.#target = target;
  }

  /** Why nothing can be appended any more, once something failed. */
  get failure(): DaybookError | undefined {
    return this.#failure;
  }

  commit(): Promise<void> {
    if (this.#failure !== undefined) return Promise.reject(this.#failure);
    if (this.#next === undefined) {
      if (!this.#running && this.#target.synced) return Promise.resolve();
      this.#next = newDeferred();
      if (!this.#running) {
        this.#running = true;
        setImmediate(() => void this.#run());
      }
    }
    return this.#next.promise;
  }

  /** Runs a step that touches the disk outside a commit; its failure is as final as a commit's. */
  guard(step: () => void): void {
    try {
      step();
    } catch (error) {
      throw this.#fail(error);
    }
  }

  async #run(): Promise<void> {
    while (this.#next !== undefined) {
      const batch = this.#next;
      this.#next = undefined;
      try {
        if (this.#failure !== undefined) throw this.#failure;
        await this.#target.sync();
        if (this.#failure !== undefined) throw this.#failure;
        batch.resolve();
      } catch (error) {
        batch.reject(this.#fail(error));
      }
    }
    this.#running = false;
  }

  #fail(error: unknown): DaybookError {
    const reason = error instanceof Error ? error.message : String(error);
    this.#failure ??= new DaybookError('unavailable', `the log cannot be written any more: ${reason}`, {
      cause: error,
    });
    return this.#failure;
  }
}

function newDeferred(): { promise: Promise<void>; resolve: () => void; reject: (error: unknown) => void } {
  let resolve!: () => void;
  let reject!: (error: unknown) => void;
  const promise = new Promise<void>((resolvePromise, rejectPromise) => {
    resolve = resolvePromise;
    reject = rejectPromise;
  });
  return { promise, resolve, reject };
}
