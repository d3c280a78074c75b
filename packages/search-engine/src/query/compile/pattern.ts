import type { FieldType } from '../../mapping/field-type.ts';
import type { Clause } from '../clauses/clause.ts';
import { NO_DOCS } from '../clauses/constant-clauses.ts';
import type { TermTest } from '../clauses/term-test-clause.ts';
import { compileRegexp } from '../patterns/regexp.ts';
import { compileWildcard } from '../patterns/wildcard.ts';
import type { Query } from '../query.ts';
import { ordinalColumn } from './condition.ts';
import { matchingTerms, startsWith } from './matching-ordinals.ts';
import { type QueryContext, searchableField } from './query-context.ts';
import { requireTermsField } from './terms-field.ts';

type PatternQuery = Query & { type: 'prefix' | 'wildcard' | 'regexp' };

/** Prefix, wildcard and regexp: the documents that have a term which the pattern matches as a whole. */
export function compilePattern(context: QueryContext, query: PatternQuery, boost: number): Clause {
  const field = searchableField(context, query.field);
  if (field === undefined) return NO_DOCS;
  requireTermsField(field, query.type);
  const column = ordinalColumn(context, field);
  if (column === undefined) return NO_DOCS;
  return matchingTerms(column, termTest(field, query), context.index.data.documents.limit, boost);
}

function termTest(field: FieldType, query: PatternQuery): TermTest {
  const isCaseInsensitive = query.caseInsensitive ?? false;
  const prefix = Buffer.from(field.columnPrefix);
  if (query.type === 'prefix' && !isCaseInsensitive) {
    const wanted = Buffer.from(field.columnPrefix + field.normalizeTerm(query.value));
    return (term) => startsWith(term, wanted);
  }
  const isMatch = ownTest(field, query, isCaseInsensitive);
  if (prefix.length === 0) return isMatch;
  return (term) =>
    startsWith(term, prefix) && isMatch({ block: term.block, start: term.start + prefix.length, end: term.end });
}

function ownTest(field: FieldType, query: PatternQuery, isCaseInsensitive: boolean): TermTest {
  if (query.type === 'wildcard') return compileWildcard(normalizeWildcard(field, query.value), isCaseInsensitive);
  if (query.type === 'regexp') {
    const isMatch = compileRegexp(query.value, isCaseInsensitive);
    return ({ block, start, end }) => isMatch(block.toString('utf8', start, end));
  }
  const wanted = field.normalizeTerm(query.value).toLowerCase();
  return ({ block, start, end }) => block.toString('utf8', start, end).toLowerCase().startsWith(wanted);
}

/** Normalises what stands between the pattern's special characters. */
function normalizeWildcard(field: FieldType, pattern: string): string {
  return pattern.replace(/\\.|[^*?\\]+/gsu, (part) => (part.startsWith('\\') ? part : field.normalizeTerm(part)));
}
