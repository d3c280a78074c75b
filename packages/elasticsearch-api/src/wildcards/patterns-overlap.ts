/** Whether some name matches both patterns, in which `*` stands for any characters. */
export function patternsOverlap(a: string, b: string): boolean {
  const known = new Map<number, boolean>();
  const overlap = (i: number, j: number): boolean => {
    const key = i * (b.length + 1) + j;
    const before = known.get(key);
    if (before !== undefined) return before;
    const result = decide(i, j);
    known.set(key, result);
    return result;
  };
  const decide = (i: number, j: number): boolean => {
    if (i === a.length && j === b.length) return true;
    if (a[i] === '*') return overlap(i + 1, j) || (j < b.length && overlap(i, j + 1));
    if (b[j] === '*') return overlap(i, j + 1) || (i < a.length && overlap(i + 1, j));
    return i < a.length && j < b.length && a[i] === b[j] && overlap(i + 1, j + 1);
  };
  return overlap(0, 0);
}
