import { DaybookError } from '@daybook/errors';
import type { FieldType, RangeForm } from '../mapping/field-type.ts';
import type { IndexedValue } from '../mapping/field-values.ts';
import { FRACTIONAL_TYPES } from '../mapping/fractional-types.ts';
import type { Mapping } from '../mapping/mapping.ts';
import { Double } from '../numbers/double.ts';
import { shortestFloat } from '../numbers/shortest-float.ts';
import type { FieldValue, FieldValuesRequest } from './fetch.ts';
import { shallowSourceValuesFirst, sourceValues } from './source-values.ts';

/** Reads one field from a source. */
export interface SourceField {
  readonly name: string;
  read(source: unknown): readonly FieldValue[];
}

/** The fields that a request names, in the form in which their type has them; names that are not mapped are left out. */
export function sourceFields(mapping: Mapping, { pattern, format }: FieldValuesRequest): readonly SourceField[] {
  return mapping.matchingFields(pattern).map((name) => {
    const field = mapping.field(name)!;
    const paths = fieldPaths(mapping, field, format, shallowSourceValuesFirst);
    return { name, read: (source) => valuesOfAll(paths.map((read) => read(source))) };
  });
}

/** Readers of a field's values at each of the paths of a source from which it has some, in the order in which `valuesAt` gives those of a path. */
export function fieldPaths(
  mapping: Mapping,
  field: FieldType,
  format: string | undefined,
  valuesAt: typeof sourceValues = sourceValues,
): readonly SourceField['read'][] {
  const show = valueForm(field, format);
  return mapping.sourcePaths(field.path).map((path) => (source) => valuesAt(source, path).flatMap(show));
}

/** compat: a field to which others are copied shows values only where all of them have one. */
function valuesOfAll(perPath: readonly (readonly FieldValue[])[]): readonly FieldValue[] {
  return perPath.some((values) => values.length === 0) ? [] : perPath.flat();
}

function valueForm(field: FieldType, format: string | undefined): (value: unknown) => readonly FieldValue[] {
  const isDate = field.type === 'date' || field.type === 'date_nanos' || field.type === 'date_range';
  if (format !== undefined && !isDate) {
    throw new DaybookError(
      'invalid-argument',
      `Field [${field.path}] of type [${field.type}] doesn't support formats.`,
      {
        detail: { reason: 'illegal_argument_exception' },
      },
    );
  }
  const { range } = field;
  if (range !== undefined) return (value) => shownRange(range, value, format);
  if (field.type === 'flattened') return (value) => (value === null ? [] : [value as FieldValue]);
  const formatter = field.formatter(format);
  const isFractional = FRACTIONAL_TYPES.has(field.type);
  const show = (value: IndexedValue): FieldValue => {
    if (field.type === 'boolean') return value === 1;
    return formatter?.(value) ?? (isFractional ? new Double(Number(value)) : value);
  };
  // compat: a half float is shown as the 32-bit one that was given, or that stands for null.
  const isFloat = field.type === 'float' || field.type === 'half_float';
  const given = (value: unknown): unknown => (value === null || value === '' ? field.toJson().null_value : value);
  if (isFloat) return (value) => indexedValues(field, value).map(() => new Double(shortestFloat(Number(given(value)))));
  // compat: a scaled float that is null has no value to show, also where another value stands for null.
  const hidesNull = field.type === 'scaled_float';
  return (value) => (value === null && hidesNull ? [] : indexedValues(field, value).map(show));
}

function shownRange(range: RangeForm, value: unknown, format: string | undefined): readonly FieldValue[] {
  const shown = range.shown(value, format);
  return shown === undefined ? [] : [shown];
}

/** compat: a value that the field cannot hold, which only a field that passes over such values can meet, is left out. */
function indexedValues(field: FieldType, value: unknown): readonly IndexedValue[] {
  try {
    return field.indexedValues(value);
  } catch {
    // An object or a list of another shape than the mapping has now.
    return [];
  }
}
