import { DaybookError } from '@daybook/errors';
import type { FieldType } from '../mapping/field-type.ts';
import type { Mapping } from '../mapping/mapping.ts';

/** A field that a text is looked for in. `type` is undefined for metadata fields such as `_id`. */
export interface SearchedField {
  readonly name: string;
  readonly type: FieldType | undefined;
  readonly boost: number;
}

/** Elasticsearch's `indices.query.bool.max_clause_count`, which bounds patterns too. */
const MAX_FIELDS = 1024;
const METADATA_FIELDS: ReadonlySet<string> = new Set(['_id', '_index']);

/**
 * The fields that names and patterns, each with an optional `^boost`, stand for; in the order of first mention. Unmapped names are left out. A field is taken whose name
 * has the suffix, where there is one.
 */
export function searchedFields(
  mapping: Mapping,
  fields: readonly string[],
  suffix: string | undefined,
): readonly SearchedField[] {
  const found = new Map<string, SearchedField>();
  for (const [pattern, boost] of boostsOf(fields)) {
    for (const each of namesOf(mapping, pattern)) {
      const name = suffix !== undefined && mapping.field(each + suffix) !== undefined ? each + suffix : each;
      const type = mapping.field(name);
      // A pattern means the fields that can be searched; a field that is named is searched, or refused, as it stands.
      if (pattern.includes('*') && type?.indexed !== true) continue;
      // An alias that a pattern finds beside its field is the same field.
      const own = pattern.includes('*') && type !== undefined ? type.path : name;
      if (own !== name && found.has(own)) continue;
      found.set(own, { name: own, type, boost: boost * (found.get(own)?.boost ?? 1) });
    }
  }
  if (found.size > MAX_FIELDS) {
    throw new DaybookError(
      'invalid-argument',
      `field expansion matches too many fields, limit: ${MAX_FIELDS}, got: ${found.size}`,
      { detail: { reason: 'illegal_argument_exception' } },
    );
  }
  return [...found.values()];
}

/** compat: of a name or pattern that comes again, the last boost that is written counts. */
function boostsOf(fields: readonly string[]): ReadonlyMap<string, number> {
  const boosts = new Map<string, number>();
  for (const field of fields) {
    const caret = field.indexOf('^');
    const pattern = caret < 0 ? field : field.slice(0, caret);
    if (caret >= 0) boosts.set(pattern, boostOf(field, field.slice(caret + 1)));
    else if (!boosts.has(pattern)) boosts.set(pattern, 1);
  }
  return boosts;
}

function namesOf(mapping: Mapping, pattern: string): readonly string[] {
  return METADATA_FIELDS.has(pattern) ? [pattern] : mapping.matchingFields(pattern);
}

function boostOf(field: string, text: string): number {
  const boost = Number(text);
  if (text !== '' && Number.isFinite(boost) && boost >= 0) return boost;
  throw new DaybookError('invalid-argument', `field boost must be a number from 0, got [${text}] in [${field}]`, {
    detail: { reason: 'number_format_exception' },
  });
}
