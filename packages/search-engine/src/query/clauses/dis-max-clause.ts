import type { DocSet } from '../../columns/doc-set.ts';
import { finish, type Steps } from '../../steps/steps.ts';
import type { Clause, ScoreComposition } from './clause.ts';
import type { ClauseTotals } from './clause-totals.ts';
import { MatchScores } from './match-scores.ts';
import { totalsByColumn } from './totals-by-column.ts';
import { findUnion } from './union.ts';

/** Its clauses, as many documents at once are scored by them. */
interface Parts {
  readonly totals: readonly ClauseTotals[];
  readonly others: readonly MatchScores[];
}

function partsOf(clauses: readonly Clause[]): Parts {
  const { totals, others } = totalsByColumn(clauses, (clause) => clause.score());
  return { totals, others: others.map((clause) => new MatchScores(clause)) };
}

/** The documents of any of the clauses; the best score counts, the others only by the tie breaker's share. */
export class DisMaxClause implements Clause {
  readonly cost: number;
  readonly #clauses: readonly Clause[];
  readonly #tieBreaker: number;
  readonly #limit: number;
  #docs: DocSet | undefined;
  #parts: Parts | undefined;
  #sums: Float64Array = new Float64Array(0);

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
    let sum = 0;
    for (const clause of this.#clauses) {
      const score = clause.scoreOrZero(doc);
      sum += score;
      if (score > best) best = score;
    }
    return Math.fround(best + (sum - best) * this.#tieBreaker);
  }

  scores(chunk: number, offsets: Uint16Array, count: number, into: Float64Array): void {
    this.#parts ??= partsOf(this.#clauses);
    if (this.#sums.length < count) this.#sums = new Float64Array(count);
    const sums = this.#sums;
    into.fill(0, 0, count);
    sums.fill(0, 0, count);
    for (const totals of this.#parts.totals) totals.add(chunk, offsets, count, sums, into);
    for (const matching of this.#parts.others) {
      const found = matching.read(chunk, offsets, count);
      for (let i = 0; i < found; i++) {
        const place = matching.places[i]!;
        const score = matching.scores[i]!;
        sums[place]! += score;
        if (score > into[place]!) into[place] = score;
      }
    }
    for (let i = 0; i < count; i++) into[i] = Math.fround(into[i]! + (sums[i]! - into[i]!) * this.#tieBreaker);
  }

  scoreOrZero(doc: number): number {
    return this.matches(doc) ? this.score(doc) : 0;
  }
}
