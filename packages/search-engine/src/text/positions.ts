import type { Ordinals } from '../columns/doc-values.ts';
import type { OrdinalRun } from '../columns/ordinal-values.ts';

/*
 * The words of a document stand in their order, and 0 is a position without a word. Where words share a position the run ends with 0, as no other does but
 * that of a text without a word (0 0). In such a run one 0 before a word says that it stands where the word before it does, and n + 1 of them that n
 * positions before it are empty.
 */

/** In a run in the making: that the next word stands where the one before it does. */
const SHARES = -1;

/** The words of one document in the making. */
export class PositionedWords {
  readonly #run: number[] = [];
  #shared = 0;

  get isEmpty(): boolean {
    return this.#run.length === 0;
  }

  /** The position of the next word that has one to itself. */
  get nextPosition(): number {
    return this.#run.length - 2 * this.#shared;
  }

  /** Adds a word at the next position, or so many behind it. */
  add(ordinal: number, gap: number): void {
    for (let i = 0; i < gap; i++) this.#run.push(0);
    this.#run.push(ordinal);
  }

  /** Adds a word where the last one stands. */
  addBeside(ordinal: number): void {
    this.#run.push(SHARES, ordinal);
    this.#shared++;
  }

  /** What is kept of them. */
  run(): readonly number[] {
    if (this.#shared === 0) return this.#run;
    const run: number[] = [];
    let isGap = false;
    for (const ordinal of this.#run) {
      if (ordinal === 0 && !isGap) run.push(0);
      isGap = ordinal === 0;
      run.push(ordinal === SHARES ? 0 : ordinal);
    }
    run.push(0);
    return run;
  }
}

/** How many words of a run, from `start` to before `end`, stand where the word before them does. */
export function countShared(values: Ordinals, start: number, end: number): number {
  if (values[end - 1] !== 0) return 0;
  let count = 0;
  for (let i = start + 1; i < end - 1; i++) {
    if (values[i] === 0 && values[i - 1] !== 0 && values[i + 1] !== 0) count++;
  }
  return count;
}

/** Whether words of a run share positions, or there are none: if not, each stands as far behind the start as its position says. */
export function sharePositions({ values, end }: OrdinalRun): boolean {
  return values[end - 1] === 0;
}

/** Calls `visit` for every word of a run with its position from 0. */
export function visitPositions(
  { values, start, end }: OrdinalRun,
  visit: (ordinal: number, position: number) => void,
): void {
  if (values[end - 1] !== 0) {
    for (let i = start; i < end; i++) if (values[i] !== 0) visit(values[i]!, i - start);
    return;
  }
  let position = -1;
  let zeros = 0;
  for (let i = start; i < end; i++) {
    if (values[i] === 0) zeros++;
    else {
      position += zeros === 0 ? 1 : zeros === 1 ? 0 : zeros;
      zeros = 0;
      visit(values[i]!, position);
    }
  }
}
