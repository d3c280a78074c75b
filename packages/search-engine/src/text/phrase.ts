import type { OrdinalRun } from '../columns/ordinal-values.ts';
import { countEach } from './count-each.ts';
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
  /** By place: how often each of its words is asked for. */
  readonly #counts: readonly ReadonlyMap<number, number>[];
  readonly #groups: readonly number[];

  /** `places` in order of their positions. */
  constructor(places: readonly Place[], slop: number) {
    this.#places = places;
    this.#slop = slop;
    this.#counts = places.map(({ ordinals }) => countEach(ordinals));
    this.#groups = slop === 0 ? [] : repeatGroups(places);
  }

  /**
   * How often it occurs in a text, as Lucene counts it: each exact occurrence as one, with `slop` each occurrence within that distance as
   * 1 / (1 + distance).
   */
  frequency(words: OrdinalRun): number {
    const starts = this.#places.map((place, at) => startsOf(words, place, this.#counts[at]!));
    if (starts.some((list) => list.length === 0)) return 0;
    if (this.#slop !== 0) return sloppyFrequency(new PhraseCursor(starts, this.#places, this.#groups), this.#slop);
    const common = commonStarts(starts);
    const counts = this.#counts[0]!;
    const isEachOne = !sharePositions(words) && counts.size === this.#places[0]!.ordinals.length;
    return isEachOne ? common.length : countWords(words, counts, new Set(common), this.#places[0]!.position);
  }
}

/** By place: a number that it shares with the places with which it has words in common, at once or by way of others. */
function repeatGroups(places: readonly Place[]): readonly number[] {
  const parents = places.map((_, at) => at);
  const groupOf = (place: number): number => {
    let at = place;
    while (parents[at] !== at) {
      parents[at] = parents[parents[at]!]!;
      at = parents[at]!;
    }
    return at;
  };
  const placeOfTerm = new Map<string, number>();
  for (const [at, { terms }] of places.entries()) {
    for (const term of terms) {
      parents[groupOf(at)] = groupOf(placeOfTerm.get(term) ?? at);
      placeOfTerm.set(term, at);
    }
  }
  return places.map((_, at) => groupOf(at));
}

/** Where the phrase would start for the occurrences of the place, each once. */
function startsOf(
  words: OrdinalRun,
  { ordinals, position }: Place,
  counts: ReadonlyMap<number, number>,
): readonly number[] {
  const starts: number[] = [];
  const [only] = ordinals;
  if (ordinals.length === 1 && !sharePositions(words)) {
    const { values, start, end } = words;
    for (let i = start; i < end; i++) if (values[i] === only) starts.push(i - start - position);
    return starts;
  }
  let last = -1;
  visitPositions(words, (ordinal, at) => {
    if (at === last || !counts.has(ordinal)) return;
    starts.push(at - position);
    last = at;
  });
  return starts;
}

function commonStarts([first = [], ...rest]: readonly (readonly number[])[]): readonly number[] {
  const others = rest.map((list) => new Set(list));
  return first.filter((start) => others.every((set) => set.has(start)));
}

/** How often the words of the first place stand where phrases start. */
function countWords(
  words: OrdinalRun,
  counts: ReadonlyMap<number, number>,
  starts: ReadonlySet<number>,
  position: number,
): number {
  let count = 0;
  visitPositions(words, (ordinal, at) => {
    if (starts.has(at - position)) count += counts.get(ordinal) ?? 0;
  });
  return count;
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
