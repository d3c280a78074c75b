import { DaybookError } from '@daybook/errors';
import type { OrdinalColumn } from '../../columns/ordinal-column.ts';
import type { FieldType } from '../../mapping/field-type.ts';
import { sortInSteps } from '../../steps/sort-in-steps.ts';
import type { Steps } from '../../steps/steps.ts';
import { visitInSteps } from '../../steps/visit-in-steps.ts';
import type { Clause } from '../clauses/clause.ts';
import { NO_DOCS } from '../clauses/constant-clauses.ts';
import type { TermTest } from '../clauses/term-test-clause.ts';
import { codePoints, editDistance } from '../patterns/levenshtein.ts';
import { nearTest } from '../patterns/near-test.ts';
import type { Query } from '../query.ts';
import { boolOf } from './bool-of.ts';
import { ordinalColumn } from './condition.ts';
import { checkExpensive } from './expensive-queries.ts';
import { maxEditsFor } from './fuzziness.ts';
import { ANY_PART, matchingOrdinals, prefixTest } from './matching-ordinals.ts';
import { type QueryContext, searchableField } from './query-context.ts';
import { scoredTerm } from './term-scores.ts';
import { requireTermsField, wantedTerm } from './terms-field.ts';

/** How far terms may be from the one asked for. */
export interface FuzzyOptions {
  readonly fuzziness?: string;
  readonly prefixLength?: number;
  readonly maxExpansions?: number;
  readonly transpositions?: boolean;
}

const DEFAULT_MAX_EXPANSIONS = 50;

interface NearTerm {
  readonly ordinal: number;
  readonly similarity: number;
}

/** The documents that have a term near the one given. */
export function* compileFuzzy(context: QueryContext, query: Query & { type: 'fuzzy' }, boost: number): Steps<Clause> {
  const field = searchableField(context, query.field);
  if (field === undefined) return NO_DOCS;
  requireTermsField(field, 'fuzzy');
  return yield* fuzzyTerm(context, field, wantedTerm(field, String(query.value)), query, boost);
}

/**
 * The documents that have a term near `term`, nearer terms scoring higher. All of them count as often as the most frequent one does,
 * so that a rare misspelling is not worth more than the word itself.
 */
export function* fuzzyTerm(
  context: QueryContext,
  field: FieldType,
  term: string,
  options: FuzzyOptions,
  boost: number,
): Steps<Clause> {
  checkExpensive(context, '[fuzzy] queries');
  const column = ordinalColumn(context, field);
  if (column === undefined) return NO_DOCS;
  const near = yield* nearTerms(column, field.columnPrefix, term, options);
  const docFrequency = near.reduce((most, { ordinal }) => Math.max(most, column.docCount(ordinal)), 0);
  const clauses = near.map(({ ordinal, similarity }) =>
    scoredTerm(column, field, ordinal, boost * similarity, docFrequency),
  );
  return boolOf(context, clauses, 'or', undefined);
}

function* nearTerms(
  column: OrdinalColumn,
  columnPrefix: string,
  term: string,
  { fuzziness = 'AUTO', prefixLength = 0, maxExpansions = DEFAULT_MAX_EXPANSIONS, transpositions = true }: FuzzyOptions,
): Steps<NearTerm[]> {
  if (prefixLength < 0) throw new DaybookError('invalid-argument', 'prefixLength cannot be negative.');
  if (maxExpansions <= 0) throw new DaybookError('invalid-argument', 'maxExpansions must be positive.');
  const wanted = codePoints(term);
  const maxEdits = maxEditsFor(fuzziness, wanted.length);
  const { dictionary } = column;
  // compat: a prefix of the whole term leaves nothing to differ in.
  if (maxEdits === 0 || prefixLength >= term.length) {
    const ordinal = dictionary.ordinal(columnPrefix + term);
    return ordinal === 0 ? [] : [{ ordinal, similarity: 1 }];
  }
  const near: NearTerm[] = [];
  const candidates = yield* matchingOrdinals(dictionary, candidateTest(columnPrefix, term, prefixLength, maxEdits));
  yield* visitInSteps(candidates, (ordinal) => {
    if (column.docCount(ordinal) === 0) return;
    const candidate = codePoints(dictionary.term(ordinal).slice(columnPrefix.length));
    const edits = editDistance(wanted, candidate, maxEdits, transpositions);
    if (edits === undefined) return;
    // compat: a term of which nothing is left counts, with no score.
    const similarity = Math.max(0, Math.fround(1 - Math.fround(edits / Math.min(candidate.length, wanted.length))));
    near.push({ ordinal, similarity });
  });
  const compare = (a: NearTerm, b: NearTerm): number =>
    b.similarity - a.similarity || dictionary.compare(a.ordinal, b.ordinal);
  return (yield* sortInSteps(near, compare)).slice(0, maxExpansions);
}

/** Passes every term that may be near. */
function candidateTest(columnPrefix: string, term: string, prefixLength: number, maxEdits: number): TermTest {
  const prefix = Buffer.from(columnPrefix + [...term].slice(0, prefixLength).join(''));
  const isNear = nearTest(columnPrefix + term, maxEdits);
  if (prefix.length > 0 || isNear === undefined) return prefixTest(prefix);
  return { part: ANY_PART, isMatch: isNear };
}
