import type { DocSet } from '../../columns/doc-set.ts';
import type { OrdinalColumn } from '../../columns/ordinal-column.ts';
import { finish, type Steps } from '../../steps/steps.ts';
import type { Clause } from './clause.ts';
import { smallest } from './filtered-docs.ts';
import { retainMembers, retainTested } from './narrow.ts';
import { findUnionOf } from './union.ts';

/** Of more terms the column is read as a whole, which does not depend on how many they are. */
const MAX_UNITED = 500;

/** The documents that have any of several terms, each with the same score. */
export class TermsClause implements Clause {
  readonly cost: number;
  readonly scoresAlike = true;
  readonly #column: OrdinalColumn;
  readonly #ordinals: readonly number[];
  readonly #limit: number;
  readonly #score: number;
  #members: Set<number> | undefined;
  #docs: DocSet | undefined;

  /** `limit`: one more than the highest document number. */
  constructor(column: OrdinalColumn, ordinals: readonly number[], limit: number, score: number) {
    this.#column = column;
    this.#ordinals = ordinals;
    this.#limit = limit;
    this.#score = Math.fround(score);
    let cost = 0;
    for (const ordinal of ordinals) cost += column.docCount(ordinal);
    this.cost = cost;
  }

  docs(): DocSet {
    return finish(this.find());
  }

  *find(): Steps<DocSet> {
    this.#docs ??= yield* this.#find();
    return this.#docs;
  }

  *#find(): Steps<DocSet> {
    const { length } = this.#ordinals;
    if (length <= 1 || (length <= MAX_UNITED && (yield* this.#column.findPostings()) !== undefined)) {
      const sets: DocSet[] = [];
      for (const ordinal of this.#ordinals) sets.push(yield* this.#column.findDocs(ordinal));
      return yield* findUnionOf(sets, this.#limit);
    }
    const isMember = new Uint8Array(this.#column.dictionary.size + 1);
    for (const ordinal of this.#ordinals) isMember[ordinal] = 1;
    return smallest(yield* this.#column.findDocsWithAny(isMember), this.#limit);
  }

  matches(doc: number): boolean {
    if (this.#docs !== undefined) return this.#docs.has(doc);
    this.#members ??= new Set(this.#ordinals);
    const count = this.#column.count(doc);
    for (let i = 0; i < count; i++) if (this.#members.has(this.#column.value(doc, i))) return true;
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
}
