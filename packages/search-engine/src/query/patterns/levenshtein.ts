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
  // Cells further from the diagonal are of more edits than count: a row is written within so many of it, and one more at each end.
  const far = maxEdits + 1;
  const width = to.length + 2;
  let beforePrevious = new Array<number>(width).fill(far);
  let previous = Array.from({ length: width }, (_, index) => Math.min(index, far));
  let current = new Array<number>(width).fill(far);
  for (let i = 1; i <= from.length; i++) {
    const first = Math.max(1, i - maxEdits);
    const last = Math.min(to.length, i + maxEdits);
    current[first - 1] = first === 1 ? i : far;
    current[last + 1] = far;
    let lowest = current[first - 1]!;
    for (let j = first; j <= last; j++) {
      const isSame = from[i - 1] === to[j - 1];
      let distance = Math.min(previous[j]! + 1, current[j - 1]! + 1, previous[j - 1]! + Number(!isSame));
      const isSwap = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1];
      if (hasTranspositions && isSwap) distance = Math.min(distance, beforePrevious[j - 2]! + 1);
      current[j] = distance;
      lowest = Math.min(lowest, distance);
    }
    if (lowest > maxEdits) return undefined;
    [beforePrevious, previous, current] = [previous, current, beforePrevious];
  }
  const distance = previous[to.length]!;
  return distance <= maxEdits ? distance : undefined;
}

/** Code points of a string. */
export function codePoints(text: string): number[] {
  return Array.from(text, (character) => character.codePointAt(0)!);
}
