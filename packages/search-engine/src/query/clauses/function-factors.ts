import type { ScoreMode } from '../functions/score-function.ts';
import type { FilteredFunction } from './clause.ts';
import { type FunctionGroup, groupFunctions } from './function-groups.ts';

/** What the functions of a function score make together of many documents. */
export class FunctionFactors {
  readonly #groups: readonly FunctionGroup[];
  readonly #mode: ScoreMode;
  #factors: Float64Array = new Float64Array(0);
  #weights: Float64Array = new Float64Array(0);
  /** How many functions are for each document. */
  #counts: Uint16Array = new Uint16Array(0);

  constructor(functions: readonly FilteredFunction[], mode: ScoreMode) {
    this.#groups = groupFunctions(functions, mode === 'first');
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
    for (const group of this.#groups) {
      group.visit(chunk, offsets, count, (place, doc, functions) => {
        for (let at = 0; at < functions.length; at++) this.#add(functions[at]!, place, doc);
      });
    }
    if (this.#mode === 'avg') this.#divide(count);
    return this.#factors;
  }

  #add({ weight, score }: FilteredFunction, at: number, doc: number): void {
    const [factors, counts, mode] = [this.#factors, this.#counts, this.#mode];
    if (mode === 'first' && counts[at] !== 0) return;
    const value = score(doc) * weight;
    factors[at] = counts[at] === 0 ? value : combined(mode, factors[at]!, value);
    counts[at]!++;
    this.#weights[at]! += weight;
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
