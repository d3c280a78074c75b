import type { Steps } from './steps.ts';

/** Numbers that are sorted in one step. */
const RUN = 16_384;
/** Numbers that are merged in one step. */
const MERGED = 65_536;

/** The numbers, ascending, as their array's own `sort` has them. The array is used up; none of it is NaN. */
export function* sortNumbersInSteps(numbers: Float64Array): Steps<Float64Array> {
  const { length } = numbers;
  if (length <= RUN) return numbers.sort();
  for (let start = 0; start < length; start += RUN) {
    numbers.subarray(start, start + RUN).sort();
    yield;
  }
  let sorted = numbers;
  let merged: Float64Array = new Float64Array(length);
  for (let width = RUN; width < length; width *= 2) {
    for (let start = 0; start < length; start += 2 * width) {
      const end = Math.min(length, start + 2 * width);
      const runs = { left: start, right: Math.min(length, start + width) };
      const middle = runs.right;
      for (let at = start; at < end; at += MERGED) {
        mergeSome(sorted, merged, runs, { middle, end, from: at, to: Math.min(end, at + MERGED) });
        yield;
      }
    }
    [sorted, merged] = [merged, sorted];
  }
  return sorted;
}

/** Writes what comes next of two runs, the second of which begins at `middle`, to the places `from` to before `to`. */
function mergeSome(
  sorted: Float64Array,
  merged: Float64Array,
  runs: { left: number; right: number },
  {
    middle,
    end,
    from,
    to,
  }: { readonly middle: number; readonly end: number; readonly from: number; readonly to: number },
): void {
  let { left, right } = runs;
  for (let at = from; at < to; at++) {
    const isLeft = left < middle && (right === end || sorted[left]! <= sorted[right]!);
    merged[at] = sorted[isLeft ? left++ : right++]!;
  }
  runs.left = left;
  runs.right = right;
}
