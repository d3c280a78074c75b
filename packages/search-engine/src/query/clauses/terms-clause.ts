import type { DocSet } from '../../columns/doc-set.ts';
import type { OrdinalColumn } from '../../columns/ordinal-column.ts';
import { finish, type Steps } from '../../steps/steps.ts';
import type { Clause } from './clause.ts';
import { smallest } from './filtered-docs.ts';
import { retainMembers, retainTested } from './narrow.ts';
import { findUnionOf } from './union.ts';

/** Of more terms the column is read as a whole, which does not depend on how many they are. */
const MAX_UNITED = 500;
/** Terms that are marked in one step. */
const MARKED = 65_536;

/** The documents that have any of the terms, of which there may be any number; `limit` is one more than the highest document number. */
export function* findDocsOfTerms(column: OrdinalColumn, ordinals: readonly number[], limit: number): Steps<DocSet> {
  const { length } = ordinals;
  if (length <= 1 || (length <= MAX_UNITED && (yield* column.findPostings()) !== undefined)) {
    const sets: DocSet[] = [];
    for (const ordinal of ordinals) sets.push(yield* column.findDocs(ordinal));
    return yield* findUnionOf(sets, limit);
  }
  const isMember = new Uint8Array(column.dictionary.size + 1);
  for (let from = 0; from < length; from += MARKED) {
    if (from > 0) yield;
    mark(isMember, ordinals, from, Math.min(length, from + MARKED));
  }
  return smallest(yield* column.findDocsWithAny(isMember), limit);
}

/** The loop itself, since loops of generators are not compiled. */
function mark(isMember: Uint8Array, ordinals: readonly number[], from: number, end: number): void {
  for (let at = from; at < end; at++) isMember[ordinals[at]!] = 1;
}

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
    this.#docs ??= yield* findDocsOfTerms(this.#column, this.#ordinals, this.#limit);
    return this.#docs;
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
