import { illegalArgument } from '../errors/errors.ts';

const maxRanges = 1024;

/** Refuses more ranges than every value can be tried on. */
export function checkRangeCount(wireType: string, ranges: readonly unknown[]): void {
  if (ranges.length <= maxRanges) return;
  throw illegalArgument(`[${wireType}] has [${ranges.length}] ranges, at most [${maxRanges}] are allowed`);
}

/** `ranges` as a list, also where only one is given. */
export function listOf(ranges: unknown): readonly unknown[] {
  if (ranges === undefined) return [];
  return Array.isArray(ranges) ? ranges : [ranges];
}
