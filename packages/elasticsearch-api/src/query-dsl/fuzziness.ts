import { illegalArgument, parseError } from '../errors/errors.ts';

/** compat: only what is wrong with the distances of `AUTO:low,high` is told before it is known which fields there are. */
export function checkFuzziness(fuzziness: string | undefined): void {
  const distances = /^auto:(.*)$/is.exec(fuzziness ?? '')?.[1]?.split(',');
  if (distances === undefined) return;
  const [low, high] = distances.map((distance) => (/^[+-]?\d+$/.test(distance) ? Number(distance) : Number.NaN));
  if (distances.length !== 2 || low === undefined || high === undefined) {
    throw parseError('failed to find low and high distance values');
  }
  if (Number.isNaN(low) || Number.isNaN(high)) throw parseError(`failed to parse [${fuzziness}] as a "auto:int,int"`);
  if (low < 0 || high < 0 || low > high) {
    throw illegalArgument(
      'fuzziness wrongly configured, must be: lowDistance > 0, highDistance > 0 and lowDistance <= highDistance ',
    );
  }
}
