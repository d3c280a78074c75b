/** So many tell every float from its neighbours. */
const MAX_DIGITS = 9;

/** The number of the fewest digits that is the same 32-bit float: what Java shows of one. */
export function shortestFloat(value: number): number {
  const single = Math.fround(value);
  if (Number.isInteger(single) && Math.abs(single) < 1e7) return single;
  for (let digits = 1; digits <= MAX_DIGITS; digits++) {
    const shorter = Number(single.toPrecision(digits));
    if (Math.fround(shorter) === single) return shorter;
  }
  return single;
}
