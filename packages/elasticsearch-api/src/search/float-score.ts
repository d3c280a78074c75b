/** A score as Elasticsearch writes it: the shortest decimal that stands for the same 32-bit number. */
export function floatScore(score: number | null): number | null {
  if (score === null || !Number.isFinite(score)) return score;
  const single = Math.fround(score);
  for (let digits = 1; digits <= 9; digits += 1) {
    const short = Number(single.toPrecision(digits));
    if (Math.fround(short) === single) return short;
  }
  return single;
}
