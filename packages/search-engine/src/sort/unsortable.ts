import { DaybookError } from '@daybook/errors';
import type { FieldType } from '../mapping/field-type.ts';

/** The error of a field that has no doc values, or none that are values one by one. */
export function unsortable(field: FieldType): DaybookError {
  const message =
    field.range !== undefined && field.docValues
      ? `Ranges have no order and no values one by one: field [${field.path}] of type [${field.type}] cannot be sorted by, nor be one of docvalue_fields`
      : field.form === 'text'
        ? `Text fields are not optimised for operations that require per-document field data like aggregations and sorting, so these operations are disabled by default. Please use a keyword field instead. Alternatively, set fielddata=true on [${field.path}] in order to load field data by uninverting the inverted index. Note that this can use significant memory.`
        : withoutDocValues(field);
  return new DaybookError('invalid-argument', message, { detail: { reason: 'illegal_argument_exception' } });
}

/** What is said of a field without doc values that is no text. */
export function withoutDocValues({ path, type }: FieldType): string {
  return type === '_routing'
    ? `Fielddata is not supported on field [${path}] of type [${type}]`
    : `Can't load fielddata on [${path}] because fielddata is unsupported on fields of type [${type}]. Use doc values instead.`;
}
