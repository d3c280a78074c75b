import type { DocSet } from '../../columns/doc-set.ts';
import type { Steps } from '../../steps/steps.ts';
import type { TermScorer, TermStatistics } from '../../text/bm25.ts';
import type { TextColumn } from '../../text/text-column.ts';
import { WordScores } from '../../text/word-scores.ts';
import type { Clause, TermComposition } from './clause.ts';

/** The documents whose text has one word, scored by how often it occurs and how long the text is. */
export class WordClause implements Clause {
  readonly cost: number;
  readonly column: TextColumn;
  readonly ordinal: number;
  readonly scorer: TermScorer;
  #scores: WordScores | undefined;
  readonly composition: TermComposition;

  constructor(column: TextColumn, ordinal: number, scorer: TermScorer, statistics: TermStatistics, boost: number) {
    this.column = column;
    this.ordinal = ordinal;
    this.scorer = scorer;
    this.cost = column.docCount(ordinal);
    const occurrences = (doc: number) => column.occurrences(doc, ordinal);
    this.composition = { kind: 'term', column, ordinals: [ordinal], statistics, boost, occurrences };
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

  scores(chunk: number, offsets: Uint16Array, count: number, into: Float64Array): void {
    this.#scores ??= new WordScores(this.column, [this]);
    into.fill(0, 0, count);
    this.#scores.add(chunk, offsets, count, into);
  }

  score(doc: number): number {
    return this.scoreOrZero(doc);
  }

  scoreOrZero(doc: number): number {
    const { frequency, length } = this.column.occurrences(doc, this.ordinal);
    return frequency === 0 ? 0 : this.scorer(frequency, length);
  }
}
