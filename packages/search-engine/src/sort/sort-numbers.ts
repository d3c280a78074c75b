import { DaybookError } from '@daybook/errors';
import type { FieldType } from '../mapping/field-type.ts';
import { FRACTIONAL_TYPES } from '../mapping/fractional-types.ts';
import { shortestFloat } from '../numbers/shortest-float.ts';
import type { SortKey } from './sort-key.ts';

/** How the numbers of a field stand in an order and are shown in it. */
export interface SortNumbers {
  /** From the column's form; it never changes which of two numbers is greater. */
  convert(value: number): number;
  readonly isWhole: boolean;
  /** A sum or an average as the field's type has it. */
  round(value: number): number;
  show(value: number): number;
  /** A number as the type has it. compat: one beyond the type stands where documents without a value may stand, at the end of the order. */
  place(value: number): number;
  /** Of a date, its milliseconds again. */
  toMs(value: number): number;
}

const NANOS_PER_MS = 1e6;
const LONG_LIMIT = 2 ** 63;

/** The numbers of a field under a sort key's `numericType`; dates are milliseconds, those of `date_nanos` nanoseconds, since 1970. */
export function sortNumbers({ type }: FieldType, { numericType }: SortKey): SortNumbers {
  const isDate = type === 'date' || type === 'date_nanos';
  if (numericType === 'date_nanos' && !isDate) {
    const message = 'trying to convert a known date time formatter to a nanosecond one, wrong field used?';
    throw new DaybookError('invalid-argument', message, { detail: { reason: 'illegal_argument_exception' } });
  }
  const isNanos = numericType === 'date_nanos' || (type === 'date_nanos' && numericType !== 'date');
  const isWhole = numericType === undefined ? !FRACTIONAL_TYPES.has(type) : numericType !== 'double';
  const isShort = numericType === undefined && (type === 'float' || type === 'half_float');
  const convert = (value: number): number => {
    if (isNanos) return Math.round(value * NANOS_PER_MS);
    return isWhole ? Math.trunc(value) : value;
  };
  return {
    convert,
    isWhole,
    round: isWhole ? Math.round : isShort ? Math.fround : (value) => value,
    show: isShort ? shortestFloat : (value) => value,
    place(value) {
      if (isWhole) {
        if (Number.isNaN(value)) return 0;
        return Math.abs(value) < LONG_LIMIT ? Math.trunc(value) : Math.sign(value) * Number.POSITIVE_INFINITY;
      }
      return isShort && !Number.isFinite(Math.fround(value)) ? Math.fround(value) : value;
    },
    toMs: (value) => (isNanos ? value / NANOS_PER_MS : value),
  };
}
