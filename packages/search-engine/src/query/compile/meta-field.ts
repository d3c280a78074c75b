import { DaybookError } from '@daybook/errors';
import type { Steps } from '../../steps/steps.ts';
import type { Clause } from '../clauses/clause.ts';
import { AllClause, NO_DOCS } from '../clauses/constant-clauses.ts';
import { compileWildcard } from '../patterns/wildcard.ts';
import type { Query, QueryValue } from '../query.ts';
import { compileIds } from './ids.ts';
import type { QueryContext } from './query-context.ts';
import { refusePattern } from './terms-field.ts';

/** The queries that name one field. */
type FieldQuery = Extract<Query, { readonly field: string }>;

const META_FIELDS: ReadonlySet<string> = new Set(['_id', '_index', '_type']);

/**
 * A query of `_id`, `_index` or `_type`, which every document has without a mapping; undefined for any other. What cannot be asked of
 * them is refused as the real product refuses it.
 */
export function* compileMetaField(context: QueryContext, query: FieldQuery, boost: number): Steps<Clause | undefined> {
  const { field } = query;
  if (!META_FIELDS.has(field) || query.type === 'exists' || query.type === 'slice') return undefined;
  switch (query.type) {
    case 'term':
      return yield* compileValues(context, field, [query.value], boost);
    case 'terms':
      return yield* compileValues(context, field, query.values, boost);
    case 'synonyms':
      return yield* compileValues(context, field, query.words, boost);
    case 'match':
    case 'matchPhrase':
      return yield* compileValues(context, field, [query.query], boost);
    case 'commonTerms':
      return NO_DOCS;
    case 'range':
      throw refused(`Field [${field}] of type [${field}] does not support range queries`);
    case 'prefix':
    case 'wildcard':
      if (field === '_id') throw refusePattern(field, field, query.type);
      return compileConstant(context, patternTest(query.type, query)(ownName(context, field)), boost);
    case 'regexp':
    case 'fuzzy':
      throw refusePattern(field, field, query.type);
    case 'matchPhrasePrefix':
    case 'matchBoolPrefix':
      throw refused(
        `Can only use phrase prefix queries on text fields - not on [${field}] which is of type [${field}]`,
      );
  }
}

function* compileValues(
  context: QueryContext,
  field: string,
  values: readonly QueryValue[],
  boost: number,
): Steps<Clause> {
  if (field === '_id') return yield* compileIds(context, values.map(String), boost);
  return compileConstant(context, values.includes(ownName(context, field)), boost);
}

function compileConstant({ index }: QueryContext, isMatch: boolean, boost: number): Clause {
  return isMatch ? new AllClause(index.data.documents.live(), boost) : NO_DOCS;
}

function ownName({ index }: QueryContext, field: string): string {
  return field === '_index' ? index.name : '_doc';
}

/** A prefix is a wildcard in which only the star at its end is special. */
function patternTest(
  type: 'prefix' | 'wildcard',
  { value, caseInsensitive = false }: { readonly value: string; readonly caseInsensitive?: boolean },
): (name: string) => boolean {
  const pattern = type === 'prefix' ? `${value.replace(/[*?\\]/g, '\\$&')}*` : value;
  const isMatch = compileWildcard(pattern, caseInsensitive);
  return (name) => {
    const block = Buffer.from(name);
    return isMatch({ block, start: 0, end: block.length });
  };
}

function refused(message: string): DaybookError {
  return new DaybookError('invalid-argument', message, { detail: { reason: 'illegal_argument_exception' } });
}
