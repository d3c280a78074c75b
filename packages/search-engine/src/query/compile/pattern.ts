import { isDaybookError } from '@daybook/errors';
import type { BytesInBlock } from '../../dictionary/byte-arena.ts';
import { rangeOfPrefix } from '../../dictionary/term-range.ts';
import type { FieldType } from '../../mapping/field-type.ts';
import type { Steps } from '../../steps/steps.ts';
import type { Clause } from '../clauses/clause.ts';
import { NO_DOCS } from '../clauses/constant-clauses.ts';
import type { TermTest } from '../clauses/term-test-clause.ts';
import { checkRegexp, compileRegexp } from '../patterns/regexp.ts';
import { compileWildcard, firstLiteral, longestLiteral } from '../patterns/wildcard.ts';
import type { Query } from '../query.ts';
import { ordinalColumn } from './condition.ts';
import { checkExpensive } from './expensive-queries.ts';
import { ANY_PART, matchingTerms, prefixTest, startsWith } from './matching-ordinals.ts';
import { type QueryContext, searchableField } from './query-context.ts';
import { requireTermsField, wantedTerm } from './terms-field.ts';

/** The queries that hold a pattern against whole terms. */
export type PatternQuery = Query & { type: 'prefix' | 'wildcard' | 'regexp' };

const PREFIX_ADVICE = ' For optimised prefix queries on text fields please enable [index_prefixes].';

/** Prefix, wildcard and regexp: the documents that have a term which the pattern matches as a whole. */
export function* compilePattern(context: QueryContext, query: PatternQuery, boost: number): Steps<Clause> {
  const field = searchableField(context, query.field);
  if (field !== undefined) requireTermsField(field, query.type);
  checkExpensive(context, `[${query.type}] queries`, query.type === 'prefix' ? PREFIX_ADVICE : '');
  if (query.type === 'regexp' && !(yield* isPossible(query))) return NO_DOCS;
  if (field === undefined) return NO_DOCS;
  const column = ordinalColumn(context, field);
  if (column === undefined) return NO_DOCS;
  return yield* matchingTerms(column, termTest(field, query), context.index.data.documents.limit, boost);
}

/** Whether a regular expression can be looked for: one that cannot finds nothing if it is lenient, and is refused if not. */
function* isPossible(query: PatternQuery): Steps<boolean> {
  try {
    yield* checkRegexp(query.value, query);
    return true;
  } catch (error) {
    if (query.lenient && isDaybookError(error, 'invalid-argument')) return false;
    throw error;
  }
}

/** The test whether a term of the field is one that the pattern means. */
export function termTest(field: FieldType, query: PatternQuery): TermTest {
  const isCaseInsensitive = query.caseInsensitive ?? false;
  const prefix = Buffer.from(field.columnPrefix);
  if (query.type === 'prefix' && !isCaseInsensitive)
    return prefixTest(Buffer.from(field.columnPrefix + wantedTerm(field, query.value)));
  const test = ownTest(field, query, isCaseInsensitive);
  if (prefix.length === 0) return test;
  const isMatch = (term: BytesInBlock): boolean =>
    startsWith(term, prefix) && test.isMatch({ block: term.block, start: term.start + prefix.length, end: term.end });
  return { part: test.part, range: rangeOfPrefix(prefix), isMatch };
}

function ownTest(field: FieldType, query: PatternQuery, isCaseInsensitive: boolean): TermTest {
  if (query.type === 'wildcard') {
    const pattern = normalizeWildcard(field, query.value);
    const isMatch = compileWildcard(pattern, isCaseInsensitive);
    if (isCaseInsensitive) return { part: ANY_PART, isMatch };
    const start = firstLiteral(pattern);
    const range = start === '' ? {} : { range: rangeOfPrefix(Buffer.from(start)) };
    return { part: Buffer.from(longestLiteral(pattern)), ...range, isMatch };
  }
  if (query.type === 'regexp') {
    const matches = compileRegexp(query.value, isCaseInsensitive, query.operators);
    return { part: ANY_PART, isMatch: ({ block, start, end }) => matches(block.toString('utf8', start, end)) };
  }
  const wanted = wantedTerm(field, query.value).toLowerCase();
  const isMatch = ({ block, start, end }: BytesInBlock): boolean =>
    block.toString('utf8', start, end).toLowerCase().startsWith(wanted);
  return { part: ANY_PART, isMatch };
}

/** Normalises what stands between the pattern's special characters. */
function normalizeWildcard(field: FieldType, pattern: string): string {
  return pattern.replace(/\\.|[^*?\\]+/gsu, (part) => (part.startsWith('\\') ? part : field.normalizeTerm(part)));
}
