import type { OrdinalRun } from '../columns/ordinal-values.ts';

/** One place of a phrase: any of these words, so many positions behind the phrase's first. */
interface Place {
  readonly ordinals: readonly number[];
  readonly position: number;
}

/**
 * How often a phrase occurs in a text, as Lucene counts it: each exact occurrence as one, with `slop` each occurrence within that
 * distance as 1 / (1 + distance).
 */
export function phraseFrequency(words: OrdinalRun, places: readonly Place[], slop: number): number {
  const starts = places.map(({ ordinals, position }) => startsOf(words, ordinals, position));
  if (starts.some((list) => list.length === 0)) return 0;
  return slop === 0 ? countCommon(starts) : sloppyFrequency(starts, places, slop);
}

/** Where the phrase would start for each occurrence of the place. */
function startsOf(words: OrdinalRun, ordinals: readonly number[], position: number): number[] {
  const starts: number[] = [];
  const { values, start, end } = words;
  for (let i = start; i < end; i++) if (ordinals.includes(values[i]!)) starts.push(i - start - position);
  return starts;
}

function countCommon([first = [], ...rest]: readonly number[][]): number {
  const others = rest.map((list) => new Set(list));
  return first.filter((start) => others.every((set) => set.has(start))).length;
}

/**
 * Moves the hindmost place forward, and counts the narrowest window found before it overtakes the next one. Places that ask for the same
 * word never stand on the same occurrence of it.
 */
function sloppyFrequency(starts: readonly (readonly number[])[], places: readonly Place[], slop: number): number {
  const cursor = new PhraseCursor(starts, places);
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
    if (distance <= slop) frequency += Math.fround(1 / (1 + distance));
    if (isExhausted) return Math.fround(frequency);
  }
}

/** Where each place of a phrase stands in a text. */
class PhraseCursor {
  readonly #starts: readonly (readonly number[])[];
  readonly #places: readonly Place[];
  readonly #at: number[];

  constructor(starts: readonly (readonly number[])[], places: readonly Place[]) {
    this.#starts = starts;
    this.#places = places;
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

  /** Gives places of the same word different occurrences; false when there are too few. */
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
    const [first, second] = [this.#places[a]!, this.#places[b]!];
    if (this.start(a) + first.position !== this.start(b) + second.position) return false;
    return first.ordinals.some((ordinal) => second.ordinals.includes(ordinal));
  }
}
