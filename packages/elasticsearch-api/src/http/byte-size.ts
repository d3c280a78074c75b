import { parseError } from '../errors/errors.ts';
import { byteUnits } from '../tables/size-text.ts';

const sizePattern = /^\s*(-1|0|(\d+(?:\.\d+)?)\s*(b|k|kb|m|mb|g|gb|t|tb|p|pb))\s*$/i;

/** A number of bytes with its unit, such as `1.5gb`; 0 and -1 need none. `name` is the setting that the message names. */
export function parseBytes(text: string, name: string): number {
  const [, bare, amount, unit] = sizePattern.exec(text) ?? [];
  if (bare === undefined) {
    throw parseError(
      `failed to parse setting [${name}] with value [${text}] as a size in bytes: unit is missing or unrecognized`,
    );
  }
  if (amount === undefined || unit === undefined) return Number(bare);
  const power = byteUnits.findIndex((each) => each[0] === unit[0]?.toLowerCase());
  return Math.floor(Number(amount) * 1024 ** power);
}
