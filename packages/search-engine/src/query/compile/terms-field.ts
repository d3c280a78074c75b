import { DaybookError } from '@daybook/errors';
import type { FieldType } from '../../mapping/field-type.ts';

const TERMS_TYPES: ReadonlySet<string> = new Set(['keyword', 'text', 'flattened', '_routing']);

/** Throws `invalid-argument` unless the field's values are terms that patterns can be held against. */
export function requireTermsField(field: FieldType, queryType: string): void {
  const isTerms = TERMS_TYPES.has(field.type);
  if (!isTerms) throw refusePattern(field.path, field.type, queryType);
}

/** compat: each kind of query is refused with words of its own, and fuzzy with another type. */
export function refusePattern(path: string, type: string, queryType: string): DaybookError {
  const isWide = queryType === 'prefix' || queryType === 'wildcard';
  const fields = isWide ? 'keyword, text and wildcard fields' : 'keyword and text fields';
  const message = `Can only use ${queryType} queries on ${fields} - not on [${path}] which is of type [${type}]`;
  const reason = queryType === 'fuzzy' ? 'illegal_argument_exception' : 'query_shard_exception';
  return new DaybookError('invalid-argument', message, { detail: { reason } });
}

/** compat: a word is looked for as it is given, a keyword as it is indexed. */
export function wantedTerm(field: FieldType, text: string): string {
  return field.form === 'text' ? text : field.normalizeTerm(text);
}
