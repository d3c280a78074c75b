import { DaybookError } from '@daybook/errors';
import type { BucketOrder } from '@daybook/search-engine';
import { parsingError } from '../errors/errors.ts';
import { showValue } from '../errors/show-value.ts';
import { isJsonObject, tokenOf } from '../json/json.ts';
import { failedField } from '../search/read-content.ts';

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
  if (given === undefined) return fallback;
  if (Array.isArray(given) && given.length === 0) {
    const cause = new DaybookError('invalid-argument', 'Index 0 out of bounds for length 0', {
      detail: { reason: 'index_out_of_bounds_exception' },
    });
    throw failedField(type, 'order', cause);
  }
  const order = (Array.isArray(given) ? given : [given]).flatMap((element) => {
    if (!isJsonObject(element)) throw unexpectedToken(type, 'END_ARRAY');
    if (Object.keys(element).length === 0) {
      throw failedField(type, 'order', parsingError('Must specify at least one field for [order]'));
    }
    return Object.entries(element).map(([path, direction]) => ({
      path: renamed.get(path) ?? path,
      direction: parseDirection(type, direction),
    }));
  });
  return order.some((key) => key.path === '_key') ? order : [...order, { path: '_key', direction: 'asc' }];
}

function parseDirection(type: string, given: unknown): 'asc' | 'desc' {
  if (typeof given !== 'string') throw unexpectedToken(type, tokenOf(given));
  const direction = given.toLowerCase();
  if (direction === 'asc' || direction === 'desc') return direction;
  throw failedField(type, 'order', parsingError(`Unknown order direction [${showValue(given)}]`));
}

function unexpectedToken(type: string, token: string): Error {
  return failedField(type, 'order', parsingError(`Unexpected token [${token}] for [order]`));
}
