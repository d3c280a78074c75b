import { CHUNK_DOCS } from '../../columns/chunk-docs.ts';
import { borrowOffsets, returnOffsets } from '../../columns/offset-buffers.ts';
import type { Clause } from './clause.ts';
import { toPlaces } from './narrow.ts';

/** Which of many documents an optional clause matches, and their scores. */
export class MatchScores {
  readonly #clause: Clause;
  /** Of each document that matches, its place among those that were given. */
  places: Uint16Array = new Uint16Array(0);
  /** Beside the places. */
  scores: Float64Array = new Float64Array(0);

  constructor(clause: Clause) {
    this.#clause = clause;
  }

  /** Fills {@link places} and {@link scores} for the first `count` documents of a chunk, and gives how many match. */
  read(chunk: number, offsets: Uint16Array, count: number): number {
    if (this.scores.length < count) {
      this.places = new Uint16Array(count);
      this.scores = new Float64Array(count);
    }
    return this.#clause.retain === undefined
      ? this.#readEach(chunk, offsets, count)
      : this.#readRetained(chunk, offsets, count);
  }

  /** A score of 0 is as good as none. */
  #readEach(chunk: number, offsets: Uint16Array, count: number): number {
    let found = 0;
    for (let i = 0; i < count; i++) {
      const score = this.#clause.scoreOrZero(chunk * CHUNK_DOCS + offsets[i]!);
      if (score === 0) continue;
      this.places[found] = i;
      this.scores[found++] = score;
    }
    return found;
  }

  #readRetained(chunk: number, offsets: Uint16Array, count: number): number {
    const clause = this.#clause;
    const retained = borrowOffsets();
    retained.set(offsets.subarray(0, count));
    const found = clause.retain!(chunk, retained, count);
    if (clause.scores === undefined) {
      for (let i = 0; i < found; i++) this.scores[i] = clause.score(chunk * CHUNK_DOCS + retained[i]!);
    } else clause.scores(chunk, retained, found, this.scores);
    toPlaces(retained, found, offsets);
    this.places.set(retained.subarray(0, found));
    returnOffsets(retained);
    return found;
  }
}
