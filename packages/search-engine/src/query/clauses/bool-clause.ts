import { BitSet } from '../../columns/bit-set.ts';
import type { ChunkNumbers, DocSet } from '../../columns/doc-set.ts';
import { finish, type Steps } from '../../steps/steps.ts';
import { type Clause, findDocs, type ScoreComposition } from './clause.ts';
import { NO_DOCS } from './constant-clauses.ts';
import { EnoughAlternatives } from './enough-alternatives.ts';
import { toBitSet } from './filtered-docs.ts';
import { narrowDocs, narrowOffsets, retainMembers } from './narrow.ts';
import { scoreSum } from './score-sum.ts';
import { findUnion } from './union.ts';

/** The clauses of a bool query. */
export interface BoolParts {
  readonly must: readonly Clause[];
  readonly filter: readonly Clause[];
  readonly should: readonly Clause[];
  readonly mustNot: readonly Clause[];
  /** How many of `should` have to match; 0 makes them count for the score only. */
  readonly minShould: number;
}

/** Below this share of all documents, single documents are tested; above it, whole bitsets are combined. */
const TESTED_SHARE = 16;

/** Conjunction, disjunction and exclusion. It is led by its rarest required clause. */
export class BoolClause implements Clause {
  readonly cost: number;
  readonly #parts: BoolParts;
  readonly #required: readonly Clause[];
  readonly #live: BitSet;
  readonly #limit: number;
  #enough: EnoughAlternatives | undefined;
  #requiredScores: ChunkNumbers | undefined;
  #optionalScores: ChunkNumbers | undefined;
  #optional: Float64Array = new Float64Array(0);
  #docs: DocSet | undefined;

  /** Whether it is nothing but alternatives, which a disjunction around it can take as its own. */
  get alternatives(): readonly Clause[] | undefined {
    const { must, filter, should, mustNot, minShould } = this.#parts;
    return must.length + filter.length + mustNot.length === 0 && minShould === 1 ? should : undefined;
  }

  get scoresAlike(): boolean {
    const { must, should } = this.#parts;
    return should.length === 0 && must.every((clause) => clause.scoresAlike);
  }

  get composition(): ScoreComposition {
    return { kind: 'sum', ...this.#parts };
  }

  /** `limit`: one more than the highest document number. */
  constructor(parts: BoolParts, live: BitSet, limit: number) {
    this.#parts = { ...parts, should: parts.minShould > 1 ? parts.should : parts.should.flatMap(alternativesOf) };
    this.#required = [...parts.must, ...parts.filter].sort((a, b) => a.cost - b.cost);
    this.#live = live;
    this.#limit = limit;
    this.cost = Math.min(this.#required[0]?.cost ?? live.size, this.#shouldCost());
  }

  docs(): DocSet {
    return finish(this.find());
  }

  *find(): Steps<DocSet> {
    this.#docs ??= yield* this.#find();
    return this.#docs;
  }

  matches(doc: number): boolean {
    if (this.#docs !== undefined) return this.#docs.has(doc);
    return this.#required.every((clause) => clause.matches(doc)) && this.#passes(doc);
  }

  retain(chunk: number, offsets: Uint16Array, count: number): number {
    if (this.#docs !== undefined) return retainMembers(this.#docs, chunk, offsets, count);
    const conditions = {
      required: this.#required,
      prohibited: this.#parts.mustNot,
      alternatives: this.#alternatives(),
    };
    return narrowOffsets(conditions, chunk, offsets, count);
  }

  /** Rounds where Lucene does: the optional clauses together, then, when they are optional indeed, the required ones. */
  score(doc: number): number {
    const { must, should, minShould } = this.#parts;
    let required = 0;
    for (const clause of must) required += clause.score(doc);
    let optional = 0;
    for (const clause of should) optional += clause.scoreOrZero(doc);
    return Math.fround((minShould === 0 ? Math.fround(required) : required) + Math.fround(optional));
  }

  /** Rounds as {@link score} does. */
  scores(chunk: number, offsets: Uint16Array, count: number, into: Float64Array): void {
    const { must, should, minShould } = this.#parts;
    this.#requiredScores ??= scoreSum(must, true);
    this.#requiredScores(chunk, offsets, count, into);
    if (minShould === 0) for (let i = 0; i < count; i++) into[i] = Math.fround(into[i]!);
    if (should.length > 0) {
      this.#optionalScores ??= scoreSum(should, false);
      if (this.#optional.length < count) this.#optional = new Float64Array(count);
      this.#optionalScores(chunk, offsets, count, this.#optional);
      for (let i = 0; i < count; i++) into[i]! += Math.fround(this.#optional[i]!);
    }
    for (let i = 0; i < count; i++) into[i] = Math.fround(into[i]!);
  }

  *#find(): Steps<DocSet> {
    const { should, mustNot, minShould } = this.#parts;
    const lead = this.#required[0];
    if (minShould > should.length) return NO_DOCS.docs();
    if (lead === undefined && minShould === 0) return yield* this.#withoutProhibited(this.#live);
    if (lead === undefined || this.#shouldCost() < lead.cost) return yield* this.#findByShould();
    if (lead.cost * TESTED_SHARE < this.#limit) {
      const rest = this.#required.slice(1);
      const led = yield* findDocs(lead);
      if (rest.length === 0 && minShould === 0 && mustNot.length === 0) return led;
      return yield* narrowDocs(led, { required: rest, prohibited: mustNot, alternatives: this.#alternatives() });
    }
    const found = toBitSet(yield* findDocs(lead), this.#limit);
    for (const clause of this.#required.slice(1)) {
      found.intersect(this.#bits(yield* findDocs(clause)));
      yield;
    }
    if (minShould === 1) {
      found.intersect(this.#bits(yield* findUnion(should, this.#limit)));
    } else if (minShould > 1) {
      const alternatives = this.#alternatives();
      return yield* narrowDocs(found, { required: [], prohibited: mustNot, alternatives });
    }
    return yield* this.#withoutProhibited(found);
  }

  *#findByShould(): Steps<DocSet> {
    const { should, mustNot, minShould } = this.#parts;
    const union = yield* findUnion(should, this.#limit);
    const isPlain = minShould === 1 && this.#required.length === 0;
    if (isPlain) return yield* this.#withoutProhibited(union);
    return yield* narrowDocs(union, {
      required: this.#required,
      prohibited: mustNot,
      alternatives: minShould === 1 ? undefined : this.#alternatives(),
    });
  }

  *#withoutProhibited(docs: DocSet): Steps<DocSet> {
    const { mustNot } = this.#parts;
    if (mustNot.length === 0) return docs;
    if (docs.size * TESTED_SHARE < this.#limit) {
      return yield* narrowDocs(docs, { required: [], prohibited: mustNot });
    }
    const left = toBitSet(docs, this.#limit);
    left.subtract(this.#bits(yield* findUnion(mustNot, this.#limit)));
    return left;
  }

  #bits(docs: DocSet): BitSet {
    return docs instanceof BitSet ? docs : toBitSet(docs, this.#limit);
  }

  #passes(doc: number): boolean {
    return !this.#parts.mustNot.some((clause) => clause.matches(doc)) && this.#hasEnoughShould(doc);
  }

  #alternatives(): EnoughAlternatives | undefined {
    const { should, minShould } = this.#parts;
    if (minShould > 0) this.#enough ??= new EnoughAlternatives(should, minShould);
    return this.#enough;
  }

  #hasEnoughShould(doc: number): boolean {
    let missing = this.#parts.minShould;
    if (missing === 0) return true;
    for (const clause of this.#parts.should) if (clause.matches(doc) && --missing === 0) return true;
    return false;
  }

  #shouldCost(): number {
    if (this.#parts.minShould === 0) return Number.POSITIVE_INFINITY;
    return this.#parts.should.reduce((sum, clause) => sum + clause.cost, 0);
  }

  scoreOrZero(doc: number): number {
    return this.matches(doc) ? this.score(doc) : 0;
  }
}

/** compat: Lucene flattens nested disjunctions, so their scores are added up before they are rounded. */
function alternativesOf(clause: Clause): readonly Clause[] {
  return (clause instanceof BoolClause ? clause.alternatives : undefined) ?? [clause];
}
