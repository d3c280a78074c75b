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
  return slop === 0 ? countCommon(starts) : sloppyFrequency(starts, slop);
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

/** Moves the hindmost place forward, and counts the narrowest window found before it overtakes the next one. */
function sloppyFrequency(starts: readonly (readonly number[])[], slop: number): number {
  const at = starts.map(() => 0);
  const current = (place: number) => starts[place]![at[place]!]!;
  let end = Math.max(...starts.map((list) => list[0]!));
  let frequency = 0;
  for (;;) {
    const order = starts.map((_, place) => place).sort((a, b) => current(a) - current(b) || a - b);
    const hindmost = order[0]!;
    const next = order.length > 1 ? current(order[1]!) : Number.POSITIVE_INFINITY;
    let distance = end - current(hindmost);
    let isExhausted = false;
    for (;;) {
      at[hindmost]!++;
      if (at[hindmost]! >= starts[hindmost]!.length) {
        isExhausted = true;
        break;
      }
      if (current(hindmost) > next) break;
      distance = Math.min(distance, end - current(hindmost));
    }
    if (distance <= slop) frequency += Math.fround(1 / (1 + distance));
    if (isExhausted) return Math.fround(frequency);
    end = Math.max(end, current(hindmost));
  }
}
