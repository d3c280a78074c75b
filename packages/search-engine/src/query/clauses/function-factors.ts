import { CHUNK_DOCS } from '../../columns/doc-set.ts';
import { borrowOffsets, returnOffsets } from '../../columns/offset-buffers.ts';
import type { ScoreMode } from '../functions/score-function.ts';
import type { Clause } from './clause.ts';
import { retain, toPlaces } from './narrow.ts';

/** A function and the documents that it is for. */
export interface FilteredFunction {
  readonly filter: Clause | undefined;
  readonly weight: number;
  readonly score: (doc: number) => number;
}

/** What the functions of a function score make together of many documents. */
export class FunctionFactors {
  readonly #functions: readonly FilteredFunction[];
  readonly #mode: ScoreMode;
  #factors: Float64Array = new Float64Array(0);
  #weights: Float64Array = new Float64Array(0);
  /** How many functions are for each document. */
  #counts: Uint16Array = new Uint16Array(0);

  constructor(functions: readonly FilteredFunction[], mode: ScoreMode) {
    this.#functions = functions;
    this.#mode = mode;
  }

  /** One for each of the first `count` documents of a chunk, 1 where no function is for it; they stand until the next call. */
  read(chunk: number, offsets: Uint16Array, count: number): Float64Array {
    if (this.#factors.length < count) {
      this.#factors = new Float64Array(count);
      this.#weights = new Float64Array(count);
      this.#counts = new Uint16Array(count);
    }
    this.#factors.fill(1, 0, count);
    this.#weights.fill(0, 0, count);
    this.#counts.fill(0, 0, count);
    const matching = borrowOffsets();
    for (const each of this.#functions) {
      matching.set(offsets.subarray(0, count));
      const found = each.filter === undefined ? count : retain(each.filter, chunk, matching, count);
      toPlaces(matching, found, offsets);
      this.#add(each, chunk, offsets, matching, found);
    }
    returnOffsets(matching);
    if (this.#mode === 'avg') this.#divide(count);
    return this.#factors;
  }

  #add(
    { weight, score }: FilteredFunction,
    chunk: number,
    offsets: Uint16Array,
    places: Uint16Array,
    found: number,
  ): void {
    const [factors, counts, mode] = [this.#factors, this.#counts, this.#mode];
    for (let i = 0; i < found; i++) {
      const at = places[i]!;
      if (mode === 'first' && counts[at] !== 0) continue;
      const value = score(chunk * CHUNK_DOCS + offsets[at]!) * weight;
      factors[at] = counts[at] === 0 ? value : combined(mode, factors[at]!, value);
      counts[at]!++;
      this.#weights[at]! += weight;
    }
  }

  #divide(count: number): void {
    for (let i = 0; i < count; i++) {
      if (this.#counts[i] !== 0) this.#factors[i] = this.#weights[i] === 0 ? 1 : this.#factors[i]! / this.#weights[i]!;
    }
  }
}

function combined(mode: ScoreMode, factor: number, value: number): number {
  switch (mode) {
    case 'first':
      return factor;
    case 'max':
      return Math.max(factor, value);
    case 'min':
      return Math.min(factor, value);
    case 'multiply':
      return factor * value;
    case 'sum':
    case 'avg':
      return factor + value;
  }
}
