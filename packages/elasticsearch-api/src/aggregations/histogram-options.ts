import type { QueryValue } from '@daybook/search-engine';
import { isJsonObject } from '../json/json.ts';
import { scalar } from '../query-dsl/option-readers.ts';
import { badOption } from './aggregation-parser.ts';

/** Reads `extended_bounds` or `hard_bounds`. */
export function parseBounds(
  type: string,
  name: string,
  given: unknown,
): { readonly min?: QueryValue; readonly max?: QueryValue } | undefined {
  if (given === undefined) return undefined;
  if (!isJsonObject(given)) throw badOption(type, name, `[${name}] must be an object with [min] and [max]`);
  const bounds: { min?: QueryValue; max?: QueryValue } = {};
  for (const [key, value] of Object.entries(given)) {
    if (key !== 'min' && key !== 'max') throw badOption(type, name, `[${name}] unknown field [${key}]`);
    if (value !== null) bounds[key] = scalar(value, key, type);
  }
  return bounds;
}
