import type { DocSet } from '../../columns/doc-set.ts';
import { finish, type Steps } from '../../steps/steps.ts';
import type { Clause, ScoreComposition } from './clause.ts';
import { MatchScores } from './match-scores.ts';
import { findUnion } from './union.ts';

/** The documents of any of the clauses; the best score counts, the others only by the tie breaker's share. */
export class DisMaxClause implements Clause {
  readonly cost: number;
  readonly #clauses: readonly Clause[];
  readonly #tieBreaker: number;
  readonly #limit: number;
  #docs: DocSet | undefined;
  #matching: readonly MatchScores[] | undefined;
  #others: Float64Array = new Float64Array(0);

  get composition(): ScoreComposition {
    return { kind: 'max', clauses: this.#clauses, tieBreaker: this.#tieBreaker };
  }

  /** At least one clause. `limit`: one more than the highest document number. */
  constructor(clauses: readonly Clause[], tieBreaker: number, limit: number) {
    this.#clauses = clauses;
    this.#tieBreaker = Math.fround(tieBreaker);
    this.#limit = limit;
    this.cost = clauses.reduce((sum, clause) => sum + clause.cost, 0);
  }

  docs(): DocSet {
    return finish(this.find());
  }

  *find(): Steps<DocSet> {
    this.#docs ??= yield* findUnion(this.#clauses, this.#limit);
    return this.#docs;
  }

  matches(doc: number): boolean {
    return this.#clauses.some((clause) => clause.matches(doc));
  }

  score(doc: number): number {
    let best = 0;
    let others = 0;
    for (const clause of this.#clauses) {
      const score = clause.scoreOrZero(doc);
      if (score >= best) {
        others += best;
        best = score;
      } else others += score;
    }
    return Math.fround(best + others * this.#tieBreaker);
  }

  /** As {@link score}: a clause that does not match changes nothing. */
  scores(chunk: number, offsets: Uint16Array, count: number, into: Float64Array): void {
    this.#matching ??= this.#clauses.map((clause) => new MatchScores(clause));
    if (this.#others.length < count) this.#others = new Float64Array(count);
    const others = this.#others;
    into.fill(0, 0, count);
    others.fill(0, 0, count);
    for (const matching of this.#matching) {
      const found = matching.read(chunk, offsets, count);
      for (let i = 0; i < found; i++) {
        const place = matching.places[i]!;
        const score = matching.scores[i]!;
        if (score >= into[place]!) {
          others[place]! += into[place]!;
          into[place] = score;
        } else others[place]! += score;
      }
    }
    for (let i = 0; i < count; i++) into[i] = Math.fround(into[i]! + others[i]! * this.#tieBreaker);
  }

  scoreOrZero(doc: number): number {
    return this.matches(doc) ? this.score(doc) : 0;
  }
}
