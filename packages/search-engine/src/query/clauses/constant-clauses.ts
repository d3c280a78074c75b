import type { BitSet } from '../../columns/bit-set.ts';
import type { DocSet } from '../../columns/doc-set.ts';
import { SortedDocs } from '../../columns/sorted-docs.ts';
import type { Steps } from '../../steps/steps.ts';
import { type Clause, findDocs, type ScoreComposition } from './clause.ts';
import { retain, retainMembers } from './narrow.ts';

/** Every live document, each with the same score. */
export class AllClause implements Clause {
  readonly cost: number;
  readonly scoresAlike = true;
  readonly #live: BitSet;
  readonly #score: number;

  constructor(live: BitSet, score: number) {
    this.#live = live;
    this.#score = Math.fround(score);
    this.cost = live.size;
  }

  docs(): DocSet {
    return this.#live;
  }

  matches(): boolean {
    return true;
  }

  score(): number {
    return this.#score;
  }

  scoreOrZero(): number {
    return this.#score;
  }
}

/** No document. */
export const NO_DOCS: Clause = {
  cost: 0,
  scoresAlike: true,
  docs: () => new SortedDocs(new Uint32Array(0)),
  matches: () => false,
  score: () => 0,
  scoreOrZero: () => 0,
};

/** The documents of a set found before, each with the same score. */
export class SetClause implements Clause {
  readonly cost: number;
  readonly scoresAlike = true;
  readonly #set: DocSet;
  readonly #score: number;

  constructor(set: DocSet, score: number) {
    this.#set = set;
    this.#score = Math.fround(score);
    this.cost = set.size;
  }

  docs(): DocSet {
    return this.#set;
  }

  matches(doc: number): boolean {
    return this.#set.has(doc);
  }

  retain(chunk: number, offsets: Uint16Array, count: number): number {
    return retainMembers(this.#set, chunk, offsets, count);
  }

  score(): number {
    return this.#score;
  }

  scoreOrZero(doc: number): number {
    return this.matches(doc) ? this.#score : 0;
  }
}

/** The documents of another clause, each with the same score. */
export class ConstantScoreClause implements Clause {
  readonly cost: number;
  readonly scoresAlike = true;
  readonly #filter: Clause;
  readonly #score: number;
  readonly composition?: ScoreComposition;

  constructor(filter: Clause, score: number, composition?: ScoreComposition) {
    this.#filter = filter;
    this.#score = Math.fround(score);
    this.cost = filter.cost;
    if (composition !== undefined) this.composition = composition;
  }

  docs(): DocSet {
    return this.#filter.docs();
  }

  find(): Steps<DocSet> {
    return findDocs(this.#filter);
  }

  matches(doc: number): boolean {
    return this.#filter.matches(doc);
  }

  retain(chunk: number, offsets: Uint16Array, count: number): number {
    return retain(this.#filter, chunk, offsets, count);
  }

  score(): number {
    return this.#score;
  }

  scoreOrZero(doc: number): number {
    return this.matches(doc) ? this.#score : 0;
  }
}
