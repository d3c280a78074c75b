import type { KeyBits } from './range/range-kind.ts';

/**
 * The values of one column of one document, in the order of the document, duplicates kept.
 *
 * | form | holds |
 * |---|---|
 * | `string` | keywords after their normalizer; addresses in their order-preserving form; leaves of flattened objects |
 * | `number` | numbers after their type's rounding; dates as milliseconds since 1970 (of `date_nanos` with a fraction); booleans as 0 and 1 |
 * | `text` | texts as they were given: the field's analyzer makes the terms |
 * | `range` | the keys of ranges, of `bits` bits: the lowest and the highest of each one behind the other |
 */
export type FieldValues =
  | { readonly form: 'string'; readonly values: string[] }
  | { readonly form: 'number'; readonly values: number[] | Float64Array }
  | { readonly form: 'text'; readonly values: string[] }
  | { readonly form: 'range'; readonly bits: KeyBits; readonly values: bigint[] };

export type ValueForm = FieldValues['form'];

/** One value as columns and postings hold it, ranges apart. */
export type IndexedValue = string | number;
