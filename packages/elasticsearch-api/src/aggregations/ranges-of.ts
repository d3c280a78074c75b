import { illegalArgument } from '../errors/errors.ts';

const maxRanges = 1024;

/** `ranges` as a list, also where only one is given. More than every value can be tried on are refused. */
export function rangesOf(wireType: string, given: unknown): readonly unknown[] {
  const ranges: readonly unknown[] = given === undefined ? [] : Array.isArray(given) ? given : [given];
  if (ranges.length <= maxRanges) return ranges;
  throw illegalArgument(`[${wireType}] has [${ranges.length}] ranges, at most [${maxRanges}] are allowed`);
}
