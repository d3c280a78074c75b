import type { BucketOrder } from '@daybook/search-engine';
import { contentParseError, parsingError } from '../errors/errors.ts';
import { showValue } from '../errors/show-value.ts';
import { isJsonObject } from '../json/json.ts';

/** Old names of the two keys by which any bucket can be ordered. */
const renamed: ReadonlyMap<string, string> = new Map([
  ['_term', '_key'],
  ['_time', '_key'],
]);

/** Reads `order`: an object, or a list of objects of one key. Buckets that are equal so far are ordered by `_key`. */
export function parseBucketOrder(
  type: string,
  given: unknown,
  fallback: readonly BucketOrder[],
): readonly BucketOrder[] {
  if (given === undefined || given === null) return fallback;
  const order = (Array.isArray(given) ? given : [given]).flatMap((element) => {
    if (!isJsonObject(element)) throw parsingError(`Unexpected token in [order] of [${type}]: [${showValue(element)}]`);
    return Object.entries(element).map(([path, direction]) => ({
      path: renamed.get(path) ?? path,
      direction: parseDirection(type, direction),
    }));
  });
  return order.some((key) => key.path === '_key') ? order : [...order, { path: '_key', direction: 'asc' }];
}

function parseDirection(type: string, given: unknown): 'asc' | 'desc' {
  const direction = String(given).toLowerCase();
  if (direction === 'asc' || direction === 'desc') return direction;
  const cause = parsingError(`Unknown order direction [${showValue(given)}]`);
  throw contentParseError(`[${type}] failed to parse field [order]`, cause);
}
