/**
 * The number of insertions, deletions, replacements and, if they count as one edit, swaps of neighbours that make one word into
 * another, or undefined if they are more than `maxEdits`. Words are code points.
 */
export function editDistance(
  from: readonly number[],
  to: readonly number[],
  maxEdits: number,
  hasTranspositions: boolean,
): number | undefined {
  if (Math.abs(from.length - to.length) > maxEdits) return undefined;
  let beforePrevious: number[] = [];
  let previous = to.map((_, index) => index).concat(to.length);
  for (let i = 1; i <= from.length; i++) {
    const current = [i];
    let lowest = i;
    for (let j = 1; j <= to.length; j++) {
      const isSame = from[i - 1] === to[j - 1];
      let distance = Math.min(previous[j]! + 1, current[j - 1]! + 1, previous[j - 1]! + Number(!isSame));
      const isSwap = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1];
      if (hasTranspositions && isSwap) distance = Math.min(distance, beforePrevious[j - 2]! + 1);
      current.push(distance);
      lowest = Math.min(lowest, distance);
    }
    if (lowest > maxEdits) return undefined;
    beforePrevious = previous;
    previous = current;
  }
  const distance = previous[to.length]!;
  return distance <= maxEdits ? distance : undefined;
}

/** Code points of a string. */
export function codePoints(text: string): number[] {
  return Array.from(text, (character) => character.codePointAt(0)!);
}
