import { NumericColumn } from '../../columns/numeric-column.ts';
import { OrdinalColumn } from '../../columns/ordinal-column.ts';
import { RangeColumn } from '../../columns/range-column.ts';
import type { BytesInBlock } from '../../dictionary/byte-arena.ts';
import { compareBytes } from '../../dictionary/term-range.ts';
import type { FieldType, ValueCondition } from '../../mapping/field-type.ts';
import type { Steps } from '../../steps/steps.ts';
import { BM25 } from '../../text/similarity.ts';
import { termScorer } from '../../text/term-scorer.ts';
import type { Clause } from '../clauses/clause.ts';
import { ConstantScoreClause, NO_DOCS } from '../clauses/constant-clauses.ts';
import { ExistsClause } from '../clauses/exists-clause.ts';
import { type Interval, NumericRangeClause } from '../clauses/numeric-range-clause.ts';
import { RangeRelationClause } from '../clauses/range-relation-clause.ts';
import type { TermTest } from '../clauses/term-test-clause.ts';
import { TermsClause } from '../clauses/terms-clause.ts';
import { ANY_PART, matchingTerms } from './matching-ordinals.ts';
import type { QueryContext } from './query-context.ts';
import { scoredTerm } from './term-scores.ts';

/** The documents whose values meet the condition. Terms are scored by their similarity where Lucene indexes the type as terms, else all score alike. */
export function* compileCondition(
  { index }: QueryContext,
  field: FieldType,
  condition: ValueCondition,
  boost: number,
): Steps<Clause> {
  const column = index.data.column(field.column);
  const { limit } = index.data.documents;
  const live = index.data.documents.live();
  if (column === undefined || condition.type === 'none') return NO_DOCS;
  if (condition.type === 'all') return new ExistsClause(column, live, boost);
  if (column instanceof RangeColumn) {
    return condition.type === 'relation' ? new RangeRelationClause(column, condition, limit, boost) : NO_DOCS;
  }
  if (condition.type === 'relation') return NO_DOCS;
  if (column instanceof NumericColumn) {
    const range = new NumericRangeClause(column, intervalOf(condition), live, limit, boost);
    return field.type === 'boolean' && condition.type === 'term'
      ? yield* scoredBoolean(column, field, range, boost)
      : range;
  }
  if (condition.type === 'range') {
    return yield* matchingTerms(column, isInRange(condition), limit, boost);
  }
  const ordinal = column.dictionary.ordinal(String(condition.value));
  if (field.type === 'ip') return ordinal === 0 ? NO_DOCS : new TermsClause(column, [ordinal], limit, boost);
  return scoredTerm(column, field, ordinal, boost);
}

/** The keyword column behind a field of that form; undefined when no document has a value or the form is another. */
export function ordinalColumn({ index }: QueryContext, field: FieldType): OrdinalColumn | undefined {
  const column = index.data.column(field.column);
  return column instanceof OrdinalColumn ? column : undefined;
}

function* scoredBoolean(
  column: NumericColumn,
  { similarity = BM25 }: FieldType,
  range: NumericRangeClause,
  boost: number,
): Steps<Clause> {
  const { docCount } = column;
  const docFrequency = (yield* range.find()).size;
  if (docFrequency === 0) return NO_DOCS;
  const statistics = { docCount, termCount: docCount, docFrequencies: [docFrequency], norms: false, similarity };
  const occurrences = () => ({ frequency: 1, length: 1 });
  const composition = {
    kind: 'term',
    column: undefined,
    label: (field: string) => field,
    statistics,
    boost,
    occurrences,
  } as const;
  return new ConstantScoreClause(range, termScorer(statistics, boost)(1, 1), composition);
}

/** The doubles that meet a condition. */
export function intervalOf(condition: ValueCondition & { type: 'term' | 'range' }): Interval {
  if (condition.type === 'term') return { lowest: Number(condition.value), highest: Number(condition.value) };
  const lower = condition.lower === undefined ? Number.NEGATIVE_INFINITY : Number(condition.lower);
  const upper = condition.upper === undefined ? Number.POSITIVE_INFINITY : Number(condition.upper);
  return {
    lowest: condition.includeLower || condition.lower === undefined ? lower : nextDouble(lower),
    highest: condition.includeUpper || condition.upper === undefined ? upper : -nextDouble(-upper),
  };
}

const float = new Float64Array(1);
const bits = new BigInt64Array(float.buffer);

/** The least double above `value`. */
export function nextDouble(value: number): number {
  if (Number.isNaN(value) || value === Number.POSITIVE_INFINITY) return value;
  if (value === 0) return Number.MIN_VALUE;
  float[0] = value;
  bits[0]! += value > 0 ? 1n : -1n;
  return float[0];
}

/** What comes behind a term to make the next one in the order of bytes. */
const AFTER_IT = Buffer.from([0]);

/** The test whether a term lies in a range. */
export function isInRange(condition: ValueCondition & { type: 'range' }): TermTest {
  const lower = condition.lower === undefined ? undefined : Buffer.from(String(condition.lower));
  const upper = condition.upper === undefined ? undefined : Buffer.from(String(condition.upper));
  const { includeLower, includeUpper } = condition;
  const isMatch = (term: BytesInBlock): boolean => {
    const fromLower = lower === undefined ? 1 : compareBytes(term, lower);
    if (fromLower < 0 || (fromLower === 0 && !includeLower)) return false;
    const toUpper = upper === undefined ? -1 : compareBytes(term, upper);
    return toUpper < 0 || (toUpper === 0 && includeUpper);
  };
  const before = upper !== undefined && includeUpper ? Buffer.concat([upper, AFTER_IT]) : upper;
  return { part: ANY_PART, range: { from: lower, before }, isMatch };
}
