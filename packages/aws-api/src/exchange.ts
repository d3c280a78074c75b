import type { ServerResponse } from 'node:http';

/** The requests that wait for something, each by what ends its wait. */
export class OpenWaits {
  readonly #waits = new Set<AbortController>();
  #closing = false;

  /** Whether no wait is allowed any more. */
  get closing(): boolean {
    return this.#closing;
  }

  add(wait: AbortController): void {
    this.#waits.add(wait);
    if (this.#closing) wait.abort();
  }

  remove(wait: AbortController): void {
    this.#waits.delete(wait);
  }

  /** Ends all waits, and those that come. */
  end(): void {
    this.#closing = true;
    for (const wait of this.#waits) wait.abort();
  }
}

/** A request until its answer has reached the caller, or has not. */
export class Exchange {
  readonly #response: ServerResponse;
  readonly #waits: OpenWaits;
  readonly #undo: (() => void)[] = [];
  /** Made when it is asked for, since few requests wait. */
  #wait: AbortController | undefined;

  constructor(response: ServerResponse, waits: OpenWaits) {
    this.#response = response;
    this.#waits = waits;
    response.once('close', () => this.#end());
  }

  /** Whether the caller has hung up. */
  get lost(): boolean {
    return this.#response.destroyed && !this.#response.writableFinished;
  }

  /** Aborted when the caller hangs up or the server closes. */
  get signal(): AbortSignal {
    if (this.#wait === undefined) {
      this.#wait = new AbortController();
      this.#waits.add(this.#wait);
      if (this.lost) this.#wait.abort();
    }
    return this.#wait.signal;
  }

  /** Has `step` called if the answer turns out not to reach the caller. */
  onUndelivered(step: () => void): void {
    if (this.#response.destroyed) step();
    else this.#undo.push(step);
  }

  #end(): void {
    if (this.#wait !== undefined) this.#waits.remove(this.#wait);
    if (this.#response.writableFinished) return;
    this.#wait?.abort();
    for (const step of this.#undo.splice(0)) step();
  }
}
