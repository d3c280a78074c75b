import type { OrdinalColumn } from '../../columns/ordinal-column.ts';
import type { BytesInBlock } from '../../dictionary/byte-arena.ts';
import type { Dictionary } from '../../dictionary/dictionary.ts';
import { rangeOfPrefix } from '../../dictionary/term-range.ts';
import type { Steps } from '../../steps/steps.ts';
import type { Clause } from '../clauses/clause.ts';
import { type TermTest, TermTestClause } from '../clauses/term-test-clause.ts';
import { TermsClause } from '../clauses/terms-clause.ts';

/** Of a dictionary up to this size it is worth knowing how many documents match before it is decided which clause leads. */
const TESTED_WHOLE = 65_536;

/** The part of a test of which nothing is known that every term contains. */
export const ANY_PART: Uint8Array = new Uint8Array(0);

/** The documents of a column that have a term which passes the test, each with the same score; `limit` is one more than the highest document number. */
export function* matchingTerms(column: OrdinalColumn, test: TermTest, limit: number, score: number): Steps<Clause> {
  const { dictionary } = column;
  if (dictionary.size > TESTED_WHOLE) return new TermTestClause(column, test, limit, score);
  return new TermsClause(column, yield* matchingOrdinals(dictionary, test), limit, score);
}

/** The ordinals of the terms that pass the test. */
export function* matchingOrdinals(dictionary: Dictionary, test: TermTest): Steps<number[]> {
  const found: number[] = [];
  yield* dictionary.visitTerms(test, (ordinal, term) => {
    if (test.isMatch(term)) found.push(ordinal);
  });
  return found;
}

/** Passes the terms that start with `prefix`. */
export function prefixTest(prefix: Uint8Array): TermTest {
  return { part: prefix, range: rangeOfPrefix(prefix), isMatch: (term) => startsWith(term, prefix) };
}

/** Whether the term starts with `prefix`. */
export function startsWith({ block, start, end }: BytesInBlock, prefix: Uint8Array): boolean {
  if (end - start < prefix.length) return false;
  for (let i = 0; i < prefix.length; i++) if (block[start + i] !== prefix[i]) return false;
  return true;
}
