/** The number of the fewest digits that is the same 32-bit float: what Java shows of one. */
export function shortestFloat(value: number): number {
  for (let digits = 1; digits < 9; digits++) {
    const shorter = Number(value.toPrecision(digits));
    if (Math.fround(shorter) === Math.fround(value)) return shorter;
  }
  return value;
}
