/** ` did you mean [x]?` when known names are closer to the unknown one than `minSimilarity` (0 to 1), else nothing. */
export function didYouMean(unknown: string, known: Iterable<string>, minSimilarity = 0.5): string {
  const close = [...known]
    .map((name) => ({ name, similarity: similarity(unknown, name) }))
    .filter((candidate) => candidate.similarity > minSimilarity)
    .sort((a, b) => b.similarity - a.similarity || (a.name < b.name ? -1 : 1))
    .map((candidate) => candidate.name);
  if (close.length === 0) return '';
  return close.length === 1 ? ` did you mean [${close[0]}]?` : ` did you mean any of [${close.join(', ')}]?`;
}

/** One minus the edit distance over the longer length. */
function similarity(a: string, b: string): number {
  const longer = Math.max(a.length, b.length);
  if (longer === 0 || longer > 100) return 0;
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const substitution = previous[column - 1]! + (a[row - 1] === b[column - 1] ? 0 : 1);
      current.push(Math.min(previous[column]! + 1, current[column - 1]! + 1, substitution));
    }
    previous = current;
  }
  return 1 - previous[b.length]! / longer;
}
