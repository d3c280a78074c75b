import { DaybookError } from '@daybook/errors';
import type { FieldType } from '../../mapping/field-type.ts';

/** Throws `invalid-argument` unless the field's values are terms that patterns can be held against. */
export function requireTermsField(field: FieldType, queryType: string): void {
  const isTerms = field.type === 'keyword' || field.type === 'text' || field.type === 'flattened';
  if (isTerms) return;
  // compat: fuzzy names the fields that it takes otherwise than the rest.
  const message =
    queryType === 'fuzzy'
      ? `Can only use fuzzy queries on keyword and text fields - not on [${field.path}] which is of type [${field.type}]`
      : `Can only use ${queryType} queries on keyword, text and wildcard fields - not on [${field.path}] which is of type [${field.type}]`;
  throw new DaybookError('invalid-argument', message, { detail: { reason: 'illegal_argument_exception' } });
}
