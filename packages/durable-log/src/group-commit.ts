import { DaybookError } from '@daybook/errors';
import { isDiskFull } from './disk-full.ts';

/** What a group commit puts on disk. */
export interface Syncable {
  /** Whether there is nothing left to sync. */
  readonly synced: boolean;
  /** After an error of which `isDiskFull` is true it can be called again, and does then what it could not do. */
  sync(): Promise<void>;
}

/** How often it is tried whether a full disk has room again. */
const PROBE_MS = 1000;

/**
 * Lets all commits of one turn of the event loop share one sync; those that come while it runs share the next. A full disk fails the
 * commits until a sync of everything has succeeded, which is tried once a second; the first other failure is final.
 */
export class GroupCommit {
  readonly #target: Syncable;
  readonly #onDiskFull: (error: DaybookError | undefined) => void;
  #running = false;
  #next: { promise: Promise<void>; resolve: () => void; reject: (error: unknown) => void } | undefined;
  #turn: Promise<void> | undefined;
  #final: DaybookError | undefined;
  #full: DaybookError | undefined;
  #probeTimer: NodeJS.Timeout | undefined;
  #probe: Promise<void> = Promise.resolve();

  /** `onDiskFull` is told when the disk is full, and with undefined when it is no longer. */
  constructor(target: Syncable, onDiskFull: (error: DaybookError | undefined) => void) {
    this.#target = target;
    this.#onDiskFull = onDiskFull;
  }

  /** Why nothing can be appended now, once something failed. */
  get failure(): DaybookError | undefined {
    return this.#final ?? this.#full;
  }

  commit(): Promise<void> {
    if (this.failure !== undefined) return Promise.reject(this.failure);
    if (this.#next === undefined) {
      if (!this.#running && this.#target.synced) return Promise.resolve();
      this.#next = newDeferred();
      this.#start();
    }
    return this.#next.promise;
  }

  /** Resolves once everything that has come in this turn of the event loop is read. Commits that follow at once share a sync, which waits for no further turn. */
  turn(): Promise<void> {
    if (this.#turn === undefined) {
      this.#turn = new Promise((resolve) => {
        setImmediate(() => {
          this.#turn = undefined;
          resolve();
        });
      });
      // Behind the one above in the same phase of the loop, with all that it resolves between the two.
      this.#start();
    }
    return this.#turn;
  }

  #start(): void {
    if (this.#running) return;
    this.#running = true;
    setImmediate(() => void this.#run());
  }

  /** Runs a step that touches the disk outside a commit. A failure is as final as a commit's; that the disk is full is left to the next commit. */
  guard(step: () => void): void {
    try {
      step();
    } catch (error) {
      const failure = this.#fail(error);
      if (failure === this.#final) throw failure;
    }
  }

  /** Tries no longer whether there is room. */
  async stop(): Promise<void> {
    clearTimeout(this.#probeTimer);
    await this.#probe;
    clearTimeout(this.#probeTimer);
  }

  async #run(): Promise<void> {
    while (this.#next !== undefined) {
      const batch = this.#next;
      this.#next = undefined;
      try {
        if (this.failure !== undefined) throw this.failure;
        await this.#target.sync();
        if (this.#final !== undefined) throw this.#final;
        batch.resolve();
      } catch (error) {
        batch.reject(this.#fail(error));
      }
    }
    this.#running = false;
  }

  #fail(error: unknown): DaybookError {
    if (isDiskFull(error)) {
      if (this.failure !== undefined) return this.failure;
      this.#full = error;
      this.#onDiskFull(error);
      this.#probeLater();
      return error;
    }
    if (this.#final !== undefined) return this.#final;
    const reason = error instanceof Error ? error.message : String(error);
    this.#final = new DaybookError('unavailable', `the log cannot be written any more: ${reason}`, { cause: error });
    return this.#final;
  }

  #probeLater(): void {
    this.#probeTimer = setTimeout(() => {
      this.#probe = this.#tryRoom();
    }, PROBE_MS).unref();
  }

  async #tryRoom(): Promise<void> {
    if (this.#running) {
      this.#probeLater();
      return;
    }
    try {
      await this.#target.sync();
      this.#full = undefined;
      this.#onDiskFull(undefined);
    } catch (error) {
      if (isDiskFull(error)) this.#probeLater();
      else this.#fail(error);
    }
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
