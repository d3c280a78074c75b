import type { DocSet } from '../../columns/doc-set.ts';
import type { OrdinalColumn } from '../../columns/ordinal-column.ts';
import type { BytesInBlock } from '../../dictionary/byte-arena.ts';
import type { TermRange } from '../../dictionary/term-range.ts';
import { finish, type Steps } from '../../steps/steps.ts';
import type { Clause } from './clause.ts';
import { retainMembers, retainTested } from './narrow.ts';
import { findDocsOfTerms } from './terms-clause.ts';

/** A test of terms. */
export interface TermTest {
  /** What every term that passes contains; empty where nothing is known. */
  readonly part: Uint8Array;
  /** Where all terms that pass stand in the order of bytes; undefined where nothing is known. */
  readonly range?: TermRange;
  /** Tests a term's bytes. The object is reused from term to term. */
  isMatch(term: BytesInBlock): boolean;
}

/**
 * The documents that have a term which passes a test, each with the same score; for dictionaries that are too large to be tested whole in every
 * case. Where a rarer clause leads, only the terms of its documents are tested.
 */
export class TermTestClause implements Clause {
  readonly cost: number;
  readonly scoresAlike = true;
  readonly #column: OrdinalColumn;
  readonly #test: TermTest;
  readonly #limit: number;
  readonly #score: number;
  #docs: DocSet | undefined;

  /** `limit`: one more than the highest document number. */
  constructor(column: OrdinalColumn, test: TermTest, limit: number, score: number) {
    this.#column = column;
    this.#test = test;
    this.#limit = limit;
    this.#score = Math.fround(score);
    this.cost = column.docsWithValue;
  }

  docs(): DocSet {
    return finish(this.find());
  }

  *find(): Steps<DocSet> {
    this.#docs ??= yield* this.#scan();
    return this.#docs;
  }

  matches(doc: number): boolean {
    if (this.#docs !== undefined) return this.#docs.has(doc);
    const count = this.#column.count(doc);
    for (let i = 0; i < count; i++) {
      const ordinal = this.#column.value(doc, i);
      if (ordinal !== 0 && this.#test.isMatch(this.#column.dictionary.locate(ordinal))) return true;
    }
    return false;
  }

  retain(chunk: number, offsets: Uint16Array, count: number): number {
    if (this.#docs !== undefined) return retainMembers(this.#docs, chunk, offsets, count);
    return retainTested((doc) => this.matches(doc), chunk, offsets, count);
  }

  score(): number {
    return this.#score;
  }

  scoreOrZero(doc: number): number {
    return this.matches(doc) ? this.#score : 0;
  }

  *#scan(): Steps<DocSet> {
    const ordinals: number[] = [];
    yield* this.#column.dictionary.visitTerms(this.#test, (ordinal, term) => {
      if (this.#test.isMatch(term)) ordinals.push(ordinal);
    });
    return yield* findDocsOfTerms(this.#column, ordinals, this.#limit);
  }
}
