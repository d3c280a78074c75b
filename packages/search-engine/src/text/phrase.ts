import type { OrdinalRun } from '../columns/ordinal-values.ts';
import { sharePositions, visitPositions } from './positions.ts';

/** One place of a phrase: any of these words, so many positions behind the phrase's first. */
export interface Place {
  /** All words that are asked for. */
  readonly terms: readonly string[];
  /** Those that there are; one that is asked for twice counts twice. */
  readonly ordinals: readonly number[];
  readonly position: number;
}

/** Words that follow each other, up to so many positions of play in all. */
export class Phrase {
  readonly #places: readonly Place[];
  readonly #slop: number;
  readonly #groups: readonly number[];
  readonly #startFinders: readonly StartFinder[];

  constructor(places: readonly Place[], slop: number) {
    this.#places = places;
    this.#startFinders = places.map(startFinder);
    this.#slop = slop;
    this.#groups = slop === 0 ? [] : repeatGroups(places);
  }

  /**
   * How often it occurs in a text, as Lucene counts it: each exact occurrence as one, with `slop` each occurrence within that distance as
   * 1 / (1 + distance).
   */
  frequency(words: OrdinalRun): number {
    const starts = this.#startFinders.map((find) => find(words));
    if (starts.some((list) => list.length === 0)) return 0;
    if (this.#slop === 0) return countCommon(starts);
    return sloppyFrequency(new PhraseCursor(starts, this.#places, this.#groups), this.#slop);
  }
}

/** By place: the first of the places with which it has words in common, at once or by way of others. */
function repeatGroups(places: readonly Place[]): readonly number[] {
  const groups = places.map((_, at) => at);
  const groupOfTerm = new Map<string, number>();
  for (const [at, { terms }] of places.entries()) {
    for (const term of terms) {
      const other = groups[groupOfTerm.get(term) ?? at]!;
      const own = groups[at]!;
      const group = Math.min(own, other);
      for (const [each, old] of groups.entries()) if (old === own || old === other) groups[each] = group;
      groupOfTerm.set(term, at);
    }
  }
  return groups;
}

/** Finds where a phrase would start for each occurrence of one place. */
type StartFinder = (words: OrdinalRun) => number[];

function startFinder({ ordinals, position }: Place): StartFinder {
  const [only] = ordinals;
  if (ordinals.length === 1 && only !== undefined) return (words) => startsOfWord(words, only, position);
  const counts = new Map<number, number>();
  for (const ordinal of ordinals) counts.set(ordinal, (counts.get(ordinal) ?? 0) + 1);
  return (words) => startsOfAny(words, counts, position);
}

function startsOfWord(words: OrdinalRun, word: number, position: number): number[] {
  const starts: number[] = [];
  if (sharePositions(words)) {
    visitPositions(words, (ordinal, at) => {
      if (ordinal === word) starts.push(at - position);
    });
    return starts;
  }
  const { values, start, end } = words;
  for (let i = start; i < end; i++) if (values[i] === word) starts.push(i - start - position);
  return starts;
}

/** `counts` tells by word how often it is asked for. */
function startsOfAny(words: OrdinalRun, counts: ReadonlyMap<number, number>, position: number): number[] {
  const starts: number[] = [];
  const add = (ordinal: number, at: number): void => {
    const count = counts.get(ordinal) ?? 0;
    for (let i = 0; i < count; i++) starts.push(at - position);
  };
  if (sharePositions(words)) visitPositions(words, add);
  else for (let i = words.start; i < words.end; i++) add(words.values[i]!, i - words.start);
  return starts;
}

function countCommon([first = [], ...rest]: readonly number[][]): number {
  const others = rest.map((list) => new Set(list));
  return first.filter((start) => others.every((set) => set.has(start))).length;
}

/**
 * Moves the hindmost place forward, and counts the narrowest window found before it overtakes the next one. Places of one group never
 * stand at the same position.
 */
function sloppyFrequency(cursor: PhraseCursor, slop: number): number {
  if (!cursor.spreadRepeats()) return 0;
  let frequency = 0;
  for (;;) {
    const [hindmost, next] = cursor.lastTwo();
    let distance = cursor.end() - cursor.start(hindmost);
    let isExhausted = false;
    do {
      isExhausted = !cursor.advance(hindmost);
      if (isExhausted || cursor.start(hindmost) > next) break;
      distance = Math.min(distance, cursor.end() - cursor.start(hindmost));
    } while (!isExhausted);
    if (distance <= slop) frequency = Math.fround(frequency + Math.fround(1 / (1 + distance)));
    if (isExhausted) return frequency;
  }
}

/** Where each place of a phrase stands in a text. */
class PhraseCursor {
  readonly #starts: readonly (readonly number[])[];
  readonly #places: readonly Place[];
  readonly #groups: readonly number[];
  readonly #at: number[];

  constructor(starts: readonly (readonly number[])[], places: readonly Place[], groups: readonly number[]) {
    this.#starts = starts;
    this.#places = places;
    this.#groups = groups;
    this.#at = starts.map(() => 0);
  }

  /** Where the phrase would start by this place. */
  start(place: number): number {
    return this.#starts[place]![this.#at[place]!]!;
  }

  end(): number {
    return Math.max(...this.#starts.map((_, place) => this.start(place)));
  }

  /** The hindmost place, and where the next one starts. */
  lastTwo(): readonly [place: number, next: number] {
    const order = this.#starts.map((_, place) => place).sort((a, b) => this.start(a) - this.start(b) || a - b);
    return [order[0]!, this.start(order[1]!)];
  }

  /** Gives places of one group different positions; false when there are too few. */
  spreadRepeats(): boolean {
    return this.#places.every((_, place) => this.#resolve(place));
  }

  /** False when the place has no further occurrence. */
  advance(place: number): boolean {
    this.#at[place]!++;
    return this.#at[place]! < this.#starts[place]!.length && this.#resolve(place);
  }

  #resolve(moved: number): boolean {
    for (let place = moved; ; ) {
      const other = this.#places.findIndex((_, each) => each !== place && this.#collides(each, place));
      if (other < 0) return true;
      if (this.start(other) < this.start(place)) place = other;
      this.#at[place]!++;
      if (this.#at[place]! >= this.#starts[place]!.length) return false;
    }
  }

  #collides(a: number, b: number): boolean {
    if (this.#groups[a] !== this.#groups[b]) return false;
    return this.start(a) + this.#places[a]!.position === this.start(b) + this.#places[b]!.position;
  }
}
