import { DaybookError } from '@daybook/errors';
import { NumericColumn } from '../columns/numeric-column.ts';
import { RangeColumn } from '../columns/range-column.ts';
import type { FieldType } from '../mapping/field-type.ts';
import { FRACTIONAL_TYPES } from '../mapping/fractional-types.ts';
import { Double } from '../numbers/double.ts';
import type { Searchable } from '../query/compile/query-context.ts';
import { unsortable } from '../sort/unsortable.ts';
import { FieldData } from '../text/field-data.ts';
import { TextColumn } from '../text/text-column.ts';
import type { FieldValue, FieldValuesRequest } from './fetch.ts';

/** Reads one field of a document. */
export interface DocValueField {
  readonly name: string;
  read(doc: number): readonly FieldValue[];
}

/** The fields that a request names, each with its format; names that are not mapped are left out. Fields without doc values are refused. */
export function docValueFields(index: Searchable, { pattern, format }: FieldValuesRequest): readonly DocValueField[] {
  const meta = metaField(index, pattern);
  if (meta !== undefined) return [{ name: pattern, read: meta }];
  // compat: the format by which clients of older versions asked for what has become the default.
  const pattern7 = format === 'use_field_mapping' ? undefined : format;
  return index.mapping.matchingFields(pattern).map((name) => {
    const field = index.mapping.field(name)!;
    if (!field.docValues || field.range !== undefined) throw unsortable(field);
    return { name, read: columnReader(index, field, pattern7) };
  });
}

function metaField({ name, data: { documents } }: Searchable, pattern: string): DocValueField['read'] | undefined {
  if (pattern === '_seq_no') return (doc) => [documents.seqNo(doc)];
  if (pattern === '_id') return (doc) => [documents.id(doc)];
  return pattern === '_index' ? () => [name] : undefined;
}

function columnReader({ data }: Searchable, field: FieldType, format: string | undefined): DocValueField['read'] {
  const isNumber = field.form === 'number' && field.type !== 'boolean';
  if (format !== undefined && !isNumber) {
    throw new DaybookError(
      'invalid-argument',
      `Field [${field.path}] of type [${field.type}] does not support custom formats`,
      { detail: { reason: 'illegal_argument_exception' } },
    );
  }
  const formatter = field.type === 'boolean' ? undefined : field.formatter(format);
  const column = data.column(field.column);
  if (column instanceof NumericColumn) {
    const isFractional = FRACTIONAL_TYPES.has(field.type);
    return (doc) =>
      Array.from({ length: column.count(doc) }, (_, at) => {
        const value = column.value(doc, at);
        if (field.type === 'boolean') return value === 1;
        return formatter?.(value) ?? (isFractional ? new Double(value) : value);
      });
  }
  if (column === undefined || column instanceof RangeColumn) return () => [];
  const terms = column instanceof TextColumn ? new FieldData(column, field.fieldDataFilter) : column;
  return (doc) => {
    const ordinals = Array.from({ length: terms.count(doc) }, (_, at) => terms.value(doc, at));
    return ordinals
      .sort((a, b) => terms.dictionary.compare(a, b))
      .map((ordinal) => terms.dictionary.term(ordinal))
      .filter((term) => term.startsWith(field.columnPrefix))
      .map((term) => formatter?.(term) ?? term.slice(field.columnPrefix.length));
  };
}
