import type { DocSet } from '../../columns/doc-set.ts';
import type { OrdinalChunk } from '../../columns/doc-values.ts';
import type { KeywordColumn } from '../../columns/keyword-column.ts';
import type { Steps } from '../../steps/steps.ts';
import type { TermStatistics } from '../../text/bm25.ts';
import { termScorer } from '../../text/term-scorer.ts';
import type { Clause, TermComposition } from './clause.ts';

/** The documents that have one keyword: each with the same score. */
export class TermClause implements Clause {
  readonly cost: number;
  readonly scoresAlike = true;
  readonly column: KeywordColumn;
  readonly ordinal: number;
  /** Once it is wanted: filters want none. */
  #score: number | undefined;
  readonly composition: TermComposition;

  constructor(column: KeywordColumn, ordinal: number, statistics: TermStatistics, boost: number) {
    this.column = column;
    this.ordinal = ordinal;
    this.cost = column.docCount(ordinal);
    const occurrences = () => ({ frequency: 1, length: 1 });
    const label = (field: string) => `${field}:${column.dictionary.term(ordinal)}`;
    this.composition = { kind: 'term', column, label, statistics, boost, occurrences };
  }

  docs(): DocSet {
    return this.column.docs(this.ordinal);
  }

  find(): Steps<DocSet> {
    return this.column.findDocs(this.ordinal);
  }

  matches(doc: number): boolean {
    return this.column.has(doc, this.ordinal);
  }

  retain(chunk: number, offsets: Uint16Array, count: number): number {
    const ordinals = this.column.chunk(chunk);
    return ordinals === undefined ? 0 : retainWithOrdinal(ordinals, this.ordinal, offsets, count);
  }

  score(): number {
    this.#score ??= Math.fround(termScorer(this.composition.statistics, this.composition.boost)(1, 1));
    return this.#score;
  }

  scoreOrZero(doc: number): number {
    return this.matches(doc) ? this.score() : 0;
  }
}

/** Of the first `count` offsets keeps those that have the ordinal, and gives how many they are. */
function retainWithOrdinal(chunk: OrdinalChunk, ordinal: number, offsets: Uint16Array, count: number): number {
  const { ordinals } = chunk;
  let kept = 0;
  for (let i = 0; i < count; i++) {
    const offset = offsets[i]!;
    const start = chunk.single ? offset : chunk.starts[offset]!;
    const end = chunk.single ? offset + 1 : start + chunk.counts[offset]!;
    for (let at = start; at < end; at++) {
      if (ordinals[at] !== ordinal) continue;
      offsets[kept++] = offset;
      break;
    }
  }
  return kept;
}
