import { DaybookError } from '@daybook/errors';
import type { NumericColumn } from '../columns/numeric-column.ts';
import type { FieldType } from '../mapping/field-type.ts';
import type { SortKey, SortValue } from '../search/search.ts';
import type { SortSource } from './sort-source.ts';

/** compat: between whole numbers the average and the median are whole as well. */
const WHOLE: ReadonlySet<string> = new Set(['long', 'integer', 'short', 'byte', 'date', 'date_nanos', 'boolean']);

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
  const toNumber = (value: string | number) => numberOf(field, key, value, nowMs);
  const missing = typeof key.missing === 'number' || isCustom(key.missing) ? toNumber(key.missing) : undefined;
  const missingKey =
    missing === undefined
      ? key.missing === '_first'
        ? Number.NEGATIVE_INFINITY
        : Number.POSITIVE_INFINITY
      : missing * sign;
  const format = key.format === undefined ? undefined : field.formatter(key.format);
  const isWhole = WHOLE.has(field.type);
  const read = (doc: number) => {
    const picked = column === undefined ? undefined : pick(column, doc, mode);
    return picked !== undefined && isWhole ? Math.round(picked) : picked;
  };
  const keyOf = (doc: number) => {
    const value = read(doc);
    return value === undefined ? missingKey : value * sign;
  };
  const canSkipZones =
    column !== undefined && missingKey === Number.POSITIVE_INFINITY && (mode === 'min' || mode === 'max');
  return {
    key: keyOf,
    mergeKey: keyOf,
    isDescending,
    compareWith(doc, after) {
      const place = after === null ? missingKey : toNumber(after) * sign;
      const own = keyOf(doc);
      return own < place ? -1 : own > place ? 1 : 0;
    },
    value(doc): SortValue {
      const value = read(doc) ?? missing;
      if (value === undefined) return null;
      return format === undefined ? value : format(value);
    },
    ...(canSkipZones && {
      zoneBound: (zone: number) => (isDescending ? -column.zones.highest(zone) : column.zones.lowest(zone)),
    }),
  };
}

function isCustom(missing: SortKey['missing']): missing is string {
  return typeof missing === 'string' && missing !== '_first' && missing !== '_last';
}

function numberOf(field: FieldType, { format }: SortKey, value: string | number, nowMs: number): number {
  if (typeof value === 'number') return value;
  const condition = field.rangeCondition(
    { type: 'range', field: field.path, gte: value, ...(format !== undefined && { format }) },
    { nowMs },
  );
  if (condition.type === 'range' && condition.lower !== undefined) return Number(condition.lower);
  throw new DaybookError('invalid-argument', `Failed to parse search_after value for field [${field.path}].`, {
    detail: { reason: 'illegal_argument_exception', field: field.path, value },
  });
}

/** The one value of a document that it is sorted by; its values ascend. */
function pick(column: NumericColumn, doc: number, mode: NonNullable<SortKey['mode']>): number | undefined {
  const count = column.count(doc);
  if (count <= 1) return count === 0 ? undefined : column.value(doc, 0);
  switch (mode) {
    case 'min':
      return column.value(doc, 0);
    case 'max':
      return column.value(doc, count - 1);
    case 'median': {
      const middle = count >>> 1;
      const upper = column.value(doc, middle);
      return count % 2 === 1 ? upper : (column.value(doc, middle - 1) + upper) / 2;
    }
    case 'sum':
    case 'avg': {
      let sum = 0;
      for (let i = 0; i < count; i++) sum += column.value(doc, i);
      return mode === 'sum' ? sum : sum / count;
    }
  }
}
