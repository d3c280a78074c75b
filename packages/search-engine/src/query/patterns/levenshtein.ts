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
  // Cells further from the diagonal are of more edits than count.
  const far = maxEdits + 1;
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i++) {
    const current = new Array<number>(to.length + 1).fill(far);
    current[0] = i;
    let lowest = i;
    for (let j = Math.max(1, i - maxEdits); j <= Math.min(to.length, i + maxEdits); j++) {
      const isSame = from[i - 1] === to[j - 1];
      let distance = Math.min(previous[j]! + 1, current[j - 1]! + 1, previous[j - 1]! + Number(!isSame));
      const isSwap = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1];
      if (hasTranspositions && isSwap) distance = Math.min(distance, beforePrevious[j - 2]! + 1);
      current[j] = distance;
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
