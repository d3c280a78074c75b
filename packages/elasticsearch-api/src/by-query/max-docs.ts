import { illegalArgument, numberFormatError } from '../errors/errors.ts';
import { wholeNumber } from '../http/parameters.ts';

/** The most documents that a run may take: what several places say must be the same; undefined where all are silent. */
export function maxDocsOf(...given: readonly (number | undefined)[]): number | undefined {
  let maxDocs: number | undefined;
  for (const value of given) {
    if (value === undefined) continue;
    if (value < 0) throw illegalArgument(`[max_docs] parameter cannot be negative, found [${value}]`);
    if (maxDocs !== undefined && maxDocs !== value) {
      throw illegalArgument(`[max_docs] set to two different values [${maxDocs}] and [${value}]`);
    }
    if (value === 0) throw tooFew();
    maxDocs = value;
  }
  return maxDocs;
}

/** Into how many slices a run is cut; `auto` where the indices decide. */
export function parseSlices(slices: string | undefined, maxDocs: number | undefined): number | 'auto' {
  if (slices === undefined || slices === 'auto') return slices ?? 1;
  const count = wholeNumber(slices, 32);
  if (count === undefined || count < 1) {
    throw illegalArgument(
      `[slices] must be a positive integer or the string "auto", but was [${slices}]`,
      count === undefined ? numberFormatError(slices) : undefined,
    );
  }
  if (maxDocs !== undefined && maxDocs < count) throw tooFew();
  return count;
}

function tooFew(): Error {
  return illegalArgument('[max_docs] should be >= [slices]');
}
