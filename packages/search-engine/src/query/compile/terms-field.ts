import { DaybookError } from '@daybook/errors';
import type { FieldType } from '../../mapping/field-type.ts';

/** Throws `invalid-argument` unless the field's values are terms that patterns can be held against. */
export function requireTermsField(field: FieldType, queryType: string): void {
  const isTerms = field.type === 'keyword' || field.type === 'text' || field.type === 'flattened';
  if (isTerms) return;
  const found = `not on [${field.path}] which is of type [${field.type}]`;
  // compat: fuzzy is refused by another part of Elasticsearch, with another type and list of fields.
  throw queryType === 'fuzzy'
    ? new DaybookError('invalid-argument', `Can only use fuzzy queries on keyword and text fields - ${found}`, {
        detail: { reason: 'illegal_argument_exception' },
      })
    : new DaybookError(
        'invalid-argument',
        `Can only use ${queryType} queries on keyword, text and wildcard fields - ${found}`,
        {
          detail: { reason: 'query_shard_exception' },
        },
      );
}
