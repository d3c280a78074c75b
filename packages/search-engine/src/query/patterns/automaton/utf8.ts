import type { Steps } from '../../../steps/steps.ts';
import type { Automaton } from './automaton.ts';
import { AutomatonBuilder } from './automaton-builder.ts';
import { StepWork } from './step-work.ts';

/** The last code point of one byte, of two and of three. */
const LAST_1 = 0x7f;
const LAST_2 = 0x7ff;
const LAST_3 = 0xffff;
/** The first and the last first byte of characters of two bytes, three and four. */
const LEADS: readonly (readonly [number, number])[] = [
  [0xc2, 0xdf],
  [0xe0, 0xef],
  [0xf0, 0xf4],
];
const NONE = -1;

/** Turns labels of code points into paths of bytes as Lucene does it (UTF32ToUTF8, version 8.7), with the states it makes. */
export function* toUtf8(automaton: Automaton): Steps<Automaton> {
  if (automaton.stateCount === 0) return automaton;
  const paths = new Utf8Paths(automaton);
  while (paths.addSome()) yield;
  return yield* paths.build();
}

class Utf8Paths {
  readonly #automaton: Automaton;
  readonly #builder = new AutomatonBuilder();
  /** What the states of the automaton are in the other one. */
  readonly #names: Int32Array;
  /** States whose transitions are still to be turned: a stack. */
  readonly #pending: Int32Array;
  #pendingCount = 0;
  readonly #work = new StepWork();

  constructor(automaton: Automaton) {
    this.#automaton = automaton;
    this.#names = new Int32Array(automaton.stateCount).fill(NONE);
    this.#pending = new Int32Array(automaton.stateCount);
    this.#nameOf(0);
  }

  /** As much as one step takes. Whether there is more. */
  addSome(): boolean {
    while (this.#pendingCount > 0) {
      const state = this.#pending[--this.#pendingCount]!;
      const before = this.#builder.stateCount;
      const start = this.#automaton.start(state);
      const end = this.#automaton.end(state);
      for (let each = start; each < end; each++) {
        const to = this.#nameOf(this.#automaton.to(each));
        this.#addRange(this.#names[state]!, to, this.#automaton.min(each), this.#automaton.max(each));
      }
      if (this.#work.isDone(end - start + this.#builder.stateCount - before + 1)) return true;
    }
    return false;
  }

  build(): Steps<Automaton> {
    return this.#builder.build();
  }

  /** A state that has no name yet comes to wait. */
  #nameOf(state: number): number {
    if (this.#names[state] === NONE) {
      this.#names[state] = this.#builder.addState(this.#automaton.isAccept(state));
      this.#pending[this.#pendingCount++] = state;
    }
    return this.#names[state]!;
  }

  /** Through a state of its own. */
  #through(from: number, byte: number): number {
    const next = this.#builder.addState(false);
    this.#builder.link(from, byte, byte, next);
    return next;
  }

  /** From one character to another. */
  #addRange(from: number, to: number, low: number, high: number): void {
    if (countOf(low) === countOf(high)) this.#addEqual(from, to, low, high, countOf(low));
    else {
      this.#addFrom(from, to, low, countOf(low), true);
      for (let count = countOf(low) + 1; count < countOf(high); count++) {
        const [first, last] = LEADS[count - 2]!;
        this.#addAll(from, to, first, last, count - 1);
      }
      this.#addUpTo(from, to, high, countOf(high), true);
    }
  }

  /** From the last bytes of a character, so many, to those of another that has as many. */
  #addEqual(from: number, to: number, low: number, high: number, count: number): void {
    const first = byteOf(low, count);
    const last = byteOf(high, count);
    if (count === 1) this.#builder.link(from, first, last, to);
    else if (first === last) this.#addEqual(this.#through(from, first), to, low, high, count - 1);
    else {
      this.#addFrom(from, to, low, count, false);
      if (last - first > 1) this.#addAll(from, to, first + 1, last - 1, count - 1);
      this.#addUpTo(from, to, high, count, false);
    }
  }

  /** The last bytes of a character, so many, and those that come later with the same first byte; with `addsLater` also those with later first bytes. */
  #addFrom(from: number, to: number, code: number, count: number, addsLater: boolean): void {
    const first = byteOf(code, count);
    const last = first | dataMask(first);
    if (count === 1) {
      this.#builder.link(from, first, last, to);
      return;
    }
    this.#addFrom(this.#through(from, first), to, code, count - 1, true);
    if (addsLater && first !== last) this.#addAll(from, to, first + 1, last, count - 1);
  }

  /** The last bytes of a character, so many, and those that come earlier with the same first byte; with `addsEarlier` also those with earlier first bytes. */
  #addUpTo(from: number, to: number, code: number, count: number, addsEarlier: boolean): void {
    const last = byteOf(code, count);
    const mask = dataMask(last);
    if (count === 1) {
      this.#builder.link(from, last & ~mask, last, to);
      return;
    }
    // No character of two bytes begins with less than 194.
    const first = mask === 0x1f ? 194 : last & ~mask;
    if (addsEarlier && first !== last) this.#addAll(from, to, first, last - 1, count - 1);
    this.#addUpTo(this.#through(from, last), to, code, count - 1, true);
  }

  /** Any of these bytes, and so many of any that continue a character. */
  #addAll(from: number, to: number, first: number, last: number, count: number): void {
    let state = from;
    let min = first;
    let max = last;
    for (let left = count; left > 0; left--) {
      const next = this.#builder.addState(false);
      this.#builder.link(state, min, max, next);
      state = next;
      min = 0x80;
      max = 0xbf;
    }
    this.#builder.link(state, min, max, to);
  }
}

/** How many bytes a character takes. */
function countOf(code: number): number {
  if (code <= LAST_1) return 1;
  if (code <= LAST_2) return 2;
  return code <= LAST_3 ? 3 : 4;
}

/** The first of the last bytes, so many, of a character. Surrogates have bytes too, which the text of a string could not hold alone. */
function byteOf(code: number, count: number): number {
  const bits = code >> (6 * (count - 1));
  if (count < countOf(code)) return 0x80 | (bits & 0x3f);
  if (count === 1) return bits;
  return ((0xf00 >> count) & 0xff) | bits;
}

/** The bits of a byte that are the character's. */
function dataMask(byte: number): number {
  if (byte < 0x80) return 0x7f;
  if (byte < 0xc0) return 0x3f;
  if (byte < 0xe0) return 0x1f;
  return byte < 0xf0 ? 0x0f : 0x07;
}
