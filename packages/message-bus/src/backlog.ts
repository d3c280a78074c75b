import { type BacklogMessage, BacklogRun } from './backlog-run.ts';
import type { ContentPlace, MessageState } from './message.ts';

/** Replay meets two rising sequences at once where a compaction went on beside other requests, and more after crashes in one. */
const MAX_RUNS = 8;

/**
 * The messages of a deep queue that are far from being received, in columns: a sixth of what they take as objects, and nothing that the
 * garbage collector must visit. They are in runs, nearly always in one.
 */
export class Backlog {
  #runs: BacklogRun[] = [];

  get size(): number {
    return this.#runs.reduce((sum, { size }) => sum + size, 0);
  }

  /** What the contents take in the journal. */
  get contentBytes(): number {
    return this.#runs.reduce((sum, { contentBytes }) => sum + contentBytes, 0);
  }

  /** Whether a message comes after all that are here. */
  isAfter(sequence: number): boolean {
    return this.#runs.every((run) => run.isAfter(sequence));
  }

  /** Adds a message that is not here; false when there would be too many runs. */
  add(state: MessageState, content: ContentPlace): boolean {
    let run = this.#runs.find((each) => each.isAfter(state.sequence));
    if (run === undefined) {
      if (this.#runs.length === MAX_RUNS) return false;
      run = new BacklogRun();
      this.#runs.push(run);
    }
    run.append(state, content);
    return true;
  }

  /** The oldest message. */
  first(): BacklogMessage | undefined {
    let oldest: BacklogMessage | undefined;
    for (const run of this.#runs) {
      const first = run.first();
      if (first !== undefined && first.state.sequence < (oldest?.state.sequence ?? Infinity)) oldest = first;
    }
    return oldest;
  }

  get(sequence: number): BacklogMessage | undefined {
    for (const run of this.#runs) {
      const found = run.get(sequence);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** Notes where a content is now. */
  move(sequence: number, content: ContentPlace): void {
    for (const run of this.#runs) run.move(sequence, content);
  }

  /** Takes a message out, if it is here. */
  delete(sequence: number): void {
    if (!this.#runs.some((run) => run.delete(sequence))) return;
    if (this.#runs.some(({ size }) => size === 0)) this.#runs = this.#runs.filter(({ size }) => size > 0);
  }

  /** The sequences, rising in each run. */
  *sequences(): Iterable<number> {
    for (const run of this.#runs) yield* run.sequences();
  }
}
