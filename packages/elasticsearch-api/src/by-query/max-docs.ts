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

/** Refuses a number of slices that cannot be; whatever it is, one run does what they all would. */
export function checkSlices(slices: string | undefined, maxDocs: number | undefined): void {
  if (slices === undefined || slices === 'auto') return;
  const count = wholeNumber(slices, 32);
  if (count === undefined || count < 1) {
    throw illegalArgument(
      `[slices] must be a positive integer or the string "auto", but was [${slices}]`,
      count === undefined ? numberFormatError(slices) : undefined,
    );
  }
  if (maxDocs !== undefined && maxDocs < count) throw tooFew();
}

function tooFew(): Error {
  return illegalArgument('[max_docs] should be >= [slices]');
}
