import type { QueryValue } from '@daybook/search-engine';
import { contentParseError } from '../errors/errors.ts';
import type { JsonObject } from '../json/json.ts';
import { scalar } from '../query-dsl/option-readers.ts';
import { failedField } from '../search/read-content.ts';
import { badOption, fieldKinds } from './aggregation-parser.ts';

/** Options that histograms of numbers and of dates share. */
export const histogramKinds: typeof fieldKinds & {
  readonly min_doc_count: 'long';
  readonly order: 'objects';
  readonly extended_bounds: 'object';
  readonly hard_bounds: 'object';
  readonly keyed: 'boolean';
} = {
  ...fieldKinds,
  min_doc_count: 'long',
  order: 'objects',
  extended_bounds: 'object',
  hard_bounds: 'object',
  keyed: 'boolean',
};

/** Reads `extended_bounds` or `hard_bounds`. */
export function parseBounds(
  type: string,
  name: string,
  given: unknown,
  parser: 'bounds' | 'double_bounds' = 'bounds',
): { readonly min?: QueryValue; readonly max?: QueryValue } | undefined {
  if (given === undefined) return undefined;
  const bounds: { min?: QueryValue; max?: QueryValue } = {};
  for (const [key, value] of Object.entries(given as JsonObject)) {
    if (key !== 'min' && key !== 'max') {
      throw failedField(type, name, contentParseError(`[${parser}] unknown field [${key}]`));
    }
    if (value !== null) bounds[key] = scalar(value, key, type);
  }
  return bounds;
}

/** Refuses a negative number of documents. */
export function checkMinDocCount(type: string, minDocCount: number, name: string): void {
  if (minDocCount >= 0) return;
  const message = `[minDocCount] must be greater than or equal to 0. Found [${minDocCount}] in [${name}]`;
  throw badOption(type, 'min_doc_count', message);
}
