import { DaybookError } from '@daybook/errors';
import { CHUNK_DOCS } from '../columns/chunk-docs.ts';
import type { ChunkNumbers } from '../columns/doc-set.ts';
import type { NumericColumn } from '../columns/numeric-column.ts';
import type { FieldType } from '../mapping/field-type.ts';
import { valueError } from '../mapping/mapping-errors.ts';
import { unreadable } from './search-after.ts';
import type { SortKey, SortValue } from './sort-key.ts';
import { type SortNumbers, sortNumbers } from './sort-numbers.ts';
import type { SortSource } from './sort-source.ts';

/** Order by numbers, dates and booleans; `column` is undefined when no document has a value. */
export function numericSort(
  key: SortKey,
  field: FieldType,
  column: NumericColumn | undefined,
  nowMs: number,
): SortSource {
  const isDescending = key.direction === 'desc';
  const sign = isDescending ? -1 : 1;
  const mode = key.mode ?? (isDescending ? 'max' : 'min');
  const numbers = sortNumbers(field, key);
  const { convert, show } = numbers;
  const missing = customMissing(key, numbers);
  const missingKey =
    missing === undefined
      ? key.missing === '_first'
        ? Number.NEGATIVE_INFINITY
        : Number.POSITIVE_INFINITY
      : missing * sign;
  const format = key.format === undefined ? undefined : field.formatter(key.format);
  const read = (doc: number) => (column === undefined ? undefined : pick(column, doc, mode, numbers));
  const keyOf = (doc: number) => {
    const value = read(doc);
    return value === undefined ? missingKey : value * sign;
  };
  const placeOf = (after: string | number): number =>
    numbers.place(typeof after === 'number' ? after : convert(numberOf(field, key, after, nowMs)));
  const keys: ChunkNumbers = (chunk, offsets, count, into) => {
    const values = column?.chunk(chunk);
    if (values?.single) readKeys(values.values, offsets, count, into, { convert, sign, missingKey });
    else for (let i = 0; i < count; i++) into[i] = keyOf(chunk * CHUNK_DOCS + offsets[i]!);
  };
  const canSkipZones =
    column !== undefined && missingKey === Number.POSITIVE_INFINITY && (mode === 'min' || mode === 'max');
  return {
    key: keyOf,
    keys,
    mergeKey: keyOf,
    isDescending,
    compareWith(after) {
      const place = after === null ? missingKey : placeOf(after) * sign;
      return (doc) => {
        const own = show(keyOf(doc));
        return own < place ? -1 : own > place ? 1 : 0;
      };
    },
    isDouble: !numbers.isWhole,
    value(doc): SortValue {
      const value = read(doc) ?? missing;
      if (value === undefined) return null;
      return format === undefined ? show(value) : format(numbers.toMs(value));
    },
    ...(canSkipZones && {
      zoneBound: (zone: number) =>
        isDescending ? -convert(column.zones.highest(zone)) : convert(column.zones.lowest(zone)),
    }),
  };
}

/** The keys of documents that have one value at most. */
function readKeys(
  values: Float64Array,
  offsets: Uint16Array,
  count: number,
  into: Float64Array,
  { convert, sign, missingKey }: Pick<SortNumbers, 'convert'> & { readonly sign: number; readonly missingKey: number },
): void {
  for (let i = 0; i < count; i++) {
    const value = values[offsets[i]!]!;
    into[i] = Number.isNaN(value) ? missingKey : convert(value) * sign;
  }
}

/** compat: what stands for a missing value is a number, of dates too; that of whole numbers loses its fraction. */
function customMissing({ missing }: SortKey, { isWhole }: SortNumbers): number | undefined {
  if (missing === undefined || missing === '_first' || missing === '_last') return undefined;
  const isNumber = isWhole ? /^[+-]?\d+$/ : /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
  if (typeof missing === 'number') return isWhole ? Math.trunc(missing) : missing;
  if (isNumber.test(missing)) return Number(missing);
  throw new DaybookError('invalid-argument', `For input string: "${missing}"`, {
    detail: { reason: 'number_format_exception' },
  });
}

/** compat: what is wrong with a date is told in the words of dates, and "now" is none. */
function numberOf(field: FieldType, { format }: SortKey, value: string, nowMs: number): number {
  const isDate = field.type === 'date' || field.type === 'date_nanos';
  if (isDate && value === '') throw valueError('cannot parse empty date', { type: 'parse_exception' });
  if (isDate && value.startsWith('now')) {
    const causedBy = { type: 'illegal_state_exception', reason: 'now() is not allowed in [search_after] key' };
    throw valueError('could not read the current timestamp', { type: 'parse_exception', causedBy });
  }
  const range = { type: 'range', field: field.path, gte: value, ...(format !== undefined && { format }) } as const;
  try {
    const condition = field.rangeCondition(range, { nowMs });
    if (condition.type === 'range' && condition.lower !== undefined) return Number(condition.lower);
  } catch (error) {
    if (isDate) throw error;
  }
  if (field.type !== 'boolean') throw unreadable(field.path, value);
  throw valueError(`Cannot parse boolean [${value}], expected either [true] or [false]`);
}

/** The one value of a document that it is sorted by; its values ascend. */
function pick(
  column: NumericColumn,
  doc: number,
  mode: NonNullable<SortKey['mode']>,
  { convert, round }: SortNumbers,
): number | undefined {
  const count = column.count(doc);
  if (count <= 1) return count === 0 ? undefined : convert(column.value(doc, 0));
  switch (mode) {
    case 'min':
      return convert(column.value(doc, 0));
    case 'max':
      return convert(column.value(doc, count - 1));
    case 'median': {
      const middle = count >>> 1;
      const upper = convert(column.value(doc, middle));
      return count % 2 === 1 ? upper : round((convert(column.value(doc, middle - 1)) + upper) / 2);
    }
    case 'sum':
    case 'avg': {
      let sum = 0;
      for (let i = 0; i < count; i++) sum += convert(column.value(doc, i));
      return round(mode === 'sum' ? sum : sum / count);
    }
  }
}
