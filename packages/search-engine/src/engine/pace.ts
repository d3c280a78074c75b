import { setTimeout as sleep } from 'node:timers/promises';

const SLICE_BYTES = 64 * 1024;
/** With the slices: 2.5 MiB per second at most, and about a millisecond in one go. */
const PAUSE_MS = 25;

/** Keeps a reader in the background from being noticed: every slice is followed by a pause. */
export class Pace {
  readonly #signal: AbortSignal;
  #bytes = SLICE_BYTES;

  /** Pauses fail once the signal says so. */
  constructor(signal: AbortSignal) {
    this.#signal = signal;
  }

  get isPauseDue(): boolean {
    return this.#bytes >= SLICE_BYTES;
  }

  async pause(): Promise<void> {
    await sleep(PAUSE_MS, undefined, { ref: false, signal: this.#signal });
    this.#bytes = 0;
  }

  /** Notes that so many bytes were read. */
  read(bytes: number): void {
    this.#bytes += bytes;
  }
}
