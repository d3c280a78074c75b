import { scattered } from './interned.ts';
import type { LabelPlaces } from './label-places.ts';

/** Transitions that begin or end in one call of `advance` at most. */
const MOST = 4096;
const NONE = -1;
const WORD_BITS = 32;

/**
 * Goes through some transitions in the order of their labels, by pieces within which none begins or ends: first `add` each of them, then `advance` until there is no more.
 * Then others may be added. What it knows of a piece are the states of its transitions: their sources or their targets.
 */
export class LabelSweep {
  readonly #places: LabelPlaces;
  /** The state of each transition. */
  readonly #stateOf: (transition: number) => number;
  /** The last transition that begins at each place, and the last that ends there of those that have begun; and before each transition another. */
  readonly #starting: Int32Array;
  readonly #ending: Int32Array;
  readonly #previous: Int32Array;
  /** A bit for each place where transitions begin or end. */
  readonly #marked: Int32Array;
  /** How many transitions of the piece each state has, and where it stands among the states. */
  readonly #counts: Int32Array;
  readonly #indexOf: Int32Array;
  /** The states of the piece in any order: the first `size` of these. */
  readonly states: Int32Array;
  size = 0;
  /** A sum over the states of the piece, whatever their order. */
  hash = 0;
  /** The labels of the piece, without `end`. Where there are none, it is no piece, and another may come. */
  min = 0;
  end = 0;
  /** Transitions that began or ended in the last call. */
  moved = 0;

  constructor(
    places: LabelPlaces,
    { transitionCount, stateCount }: { readonly transitionCount: number; readonly stateCount: number },
    stateOf: (transition: number) => number,
  ) {
    this.#places = places;
    this.#stateOf = stateOf;
    this.#starting = new Int32Array(places.labels.length).fill(NONE);
    this.#ending = new Int32Array(places.labels.length).fill(NONE);
    this.#previous = new Int32Array(transitionCount);
    this.#marked = new Int32Array(Math.ceil(places.labels.length / WORD_BITS));
    this.#counts = new Int32Array(stateCount);
    this.#indexOf = new Int32Array(stateCount);
    this.states = new Int32Array(stateCount);
  }

  add(transition: number): void {
    const start = this.#places.starts[transition]!;
    this.#previous[transition] = this.#starting[start]!;
    this.#starting[start] = transition;
    this.#mark(start);
    this.#mark(this.#places.ends[transition]!);
  }

  /** Goes on to the next piece, or some of the way. False at the end, where no transition is left. */
  advance(): boolean {
    const place = this.#markedFrom(0);
    if (place === NONE) return false;
    this.moved = 0;
    this.min = this.#places.labels[place]!;
    this.end = this.min;
    if (!this.#endSome(place) || !this.#startSome(place)) return true;
    this.#marked[place >>> 5]! &= ~(1 << (place & 31));
    if (this.size > 0) this.end = this.#places.labels[this.#markedFrom(place >>> 5)]!;
    return true;
  }

  /** Whether all are done. */
  #endSome(place: number): boolean {
    let each = this.#ending[place]!;
    for (; each !== NONE && this.moved < MOST; each = this.#previous[each]!, this.moved++) {
      this.#leave(this.#stateOf(each));
    }
    this.#ending[place] = each;
    return each === NONE;
  }

  #startSome(place: number): boolean {
    let each = this.#starting[place]!;
    for (; each !== NONE && this.moved < MOST; this.moved++) {
      const next = this.#previous[each]!;
      const end = this.#places.ends[each]!;
      this.#previous[each] = this.#ending[end]!;
      this.#ending[end] = each;
      this.#enter(this.#stateOf(each));
      each = next;
    }
    this.#starting[place] = each;
    return each === NONE;
  }

  #enter(state: number): void {
    const count = this.#counts[state]!;
    this.#counts[state] = count + 1;
    if (count > 0) return;
    this.#indexOf[state] = this.size;
    this.states[this.size++] = state;
    this.hash = (this.hash + scattered(state)) | 0;
  }

  #leave(state: number): void {
    const count = this.#counts[state]! - 1;
    this.#counts[state] = count;
    if (count > 0) return;
    const last = this.states[--this.size]!;
    this.states[this.#indexOf[state]!] = last;
    this.#indexOf[last] = this.#indexOf[state]!;
    this.hash = (this.hash - scattered(state)) | 0;
  }

  /** Whether a state is one of the piece. */
  has(state: number): boolean {
    return this.#counts[state]! > 0;
  }

  #mark(place: number): void {
    this.#marked[place >>> 5]! |= 1 << (place & 31);
  }

  /** The first marked place of this word or a later one. */
  #markedFrom(word: number): number {
    for (let at = word; at < this.#marked.length; at++) {
      const bits = this.#marked[at]!;
      if (bits !== 0) return at * WORD_BITS + 31 - Math.clz32(bits & -bits);
    }
    return NONE;
  }
}
