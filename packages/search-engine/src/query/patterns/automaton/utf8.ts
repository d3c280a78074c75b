import type { Steps } from '../../../steps/steps.ts';
import { type Automaton, buildStates, type Transition } from './automaton.ts';

/** States that are turned in one step. */
const STEP_STATES = 500;

/** The first and last code point of each number of bytes. */
const LENGTHS = [
  [0, 0x7f],
  [0x80, 0x7ff],
  [0x800, 0xffff],
  [0x10000, 0x10ffff],
] as const;

/** Turns labels of code points into paths of bytes as Lucene does it (UTF32ToUTF8, version 8.7), with the states it makes. */
export function* toUtf8(automaton: Automaton): Steps<Automaton> {
  return automaton.length === 0 ? automaton : yield* new Utf8Builder(automaton).build();
}

class Utf8Builder {
  readonly #automaton: Automaton;
  readonly #states: { readonly isAccept: boolean; readonly transitions: Transition[] }[] = [];
  readonly #names = new Map<number, number>();

  constructor(automaton: Automaton) {
    this.#automaton = automaton;
  }

  *build(): Steps<Automaton> {
    const pending = [0];
    this.#nameOf(0);
    for (let state = pending.pop(); state !== undefined; state = pending.pop()) {
      if (state % STEP_STATES === STEP_STATES - 1) yield;
      const from = this.#nameOf(state);
      for (const { min, max, to } of this.#automaton[state]!.transitions) {
        if (!this.#names.has(to)) pending.push(to);
        this.#addRange(from, this.#nameOf(to), utf8Of(min), utf8Of(max));
      }
    }
    return yield* buildStates(this.#states);
  }

  #nameOf(state: number): number {
    const known = this.#names.get(state);
    if (known !== undefined) return known;
    const name = this.#add(this.#automaton[state]!.isAccept);
    this.#names.set(state, name);
    return name;
  }

  #add(isAccept = false): number {
    this.#states.push({ isAccept, transitions: [] });
    return this.#states.length - 1;
  }

  #link(from: number, to: number, min: number, max = min): void {
    this.#states[from]!.transitions.push({ min, max, to });
  }

  /** Through a state of its own. */
  #through(from: number, byte: number): number {
    const next = this.#add();
    this.#link(from, next, byte);
    return next;
  }

  /** From one sequence of bytes to another. */
  #addRange(from: number, to: number, low: Uint8Array, high: Uint8Array): void {
    const [first, last] = [low[0]!, high[0]!];
    if (low.length === high.length) {
      if (low.length === 1) {
        this.#link(from, to, first, last);
        return;
      }
      if (first === last) {
        this.#addRange(this.#through(from, first), to, low.subarray(1), high.subarray(1));
        return;
      }
    }
    const isOfLengths = low.length !== high.length;
    this.#addFrom(from, to, low, isOfLengths);
    if (isOfLengths) {
      for (let length = low.length + 1; length < high.length; length++) {
        const [least, most] = LENGTHS[length - 1]!;
        this.#addAll(from, to, utf8Of(least)[0]!, utf8Of(most)[0]!, length - 1);
      }
    } else if (last - first > 1) this.#addAll(from, to, first + 1, last - 1, low.length - 1);
    this.#addUpTo(from, to, high, isOfLengths);
  }

  /** This sequence and, with `addsLater`, those of later first bytes of its length. */
  #addFrom(from: number, to: number, bytes: Uint8Array, addsLater: boolean): void {
    const first = bytes[0]!;
    const last = first | dataMask(first);
    if (bytes.length === 1) {
      this.#link(from, to, first, last);
      return;
    }
    this.#addFrom(this.#through(from, first), to, bytes.subarray(1), true);
    if (addsLater && first !== last) this.#addAll(from, to, first + 1, last, bytes.length - 1);
  }

  /** This sequence and, with `addsEarlier`, those of earlier first bytes of its length. */
  #addUpTo(from: number, to: number, bytes: Uint8Array, addsEarlier: boolean): void {
    const last = bytes[0]!;
    const mask = dataMask(last);
    if (bytes.length === 1) {
      this.#link(from, to, last & ~mask, last);
      return;
    }
    // No character of two bytes begins with less than 194.
    const first = mask === 0x1f ? 194 : last & ~mask;
    if (addsEarlier && first !== last) this.#addAll(from, to, first, last - 1, bytes.length - 1);
    this.#addUpTo(this.#through(from, last), to, bytes.subarray(1), true);
  }

  /** Any of these bytes, and so many of any that continue a character. */
  #addAll(from: number, to: number, first: number, last: number, count: number): void {
    let state = from;
    let [min, max] = [first, last];
    for (let left = count; left > 0; left--) {
      const next = this.#add();
      this.#link(state, next, min, max);
      [state, min, max] = [next, 0x80, 0xbf];
    }
    this.#link(state, to, min, max);
  }
}

/** The bits of a byte that are the character's. */
function dataMask(byte: number): number {
  if (byte < 0x80) return 0x7f;
  if (byte < 0xc0) return 0x3f;
  if (byte < 0xe0) return 0x1f;
  return byte < 0xf0 ? 0x0f : 0x07;
}

/** Surrogates too, which the text of a string could not hold alone. */
function utf8Of(code: number): Uint8Array {
  if (code < 0x80) return Uint8Array.of(code);
  const tail = (shift: number): number => 0x80 | ((code >> shift) & 0x3f);
  if (code < 0x800) return Uint8Array.of(0xc0 | (code >> 6), tail(0));
  if (code < 0x10000) return Uint8Array.of(0xe0 | (code >> 12), tail(6), tail(0));
  return Uint8Array.of(0xf0 | (code >> 18), tail(12), tail(6), tail(0));
}
