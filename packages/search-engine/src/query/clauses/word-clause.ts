import type { DocSet } from '../../columns/doc-set.ts';
import type { Steps } from '../../steps/steps.ts';
import type { TermScorer, TermStatistics } from '../../text/bm25.ts';
import { discountsOverlaps } from '../../text/similarity.ts';
import { termScorer } from '../../text/term-scorer.ts';
import type { TextColumn } from '../../text/text-column.ts';
import { WordScores } from '../../text/word-scores.ts';
import type { Clause, TermComposition } from './clause.ts';
import { synonymLabel } from './term-labels.ts';

/** The documents whose text has one word, scored by how often it occurs and how long the text is. */
export class WordClause implements Clause {
  readonly cost: number;
  readonly column: TextColumn;
  readonly ordinal: number;
  readonly scorer: TermScorer;
  readonly discountsOverlaps: boolean;
  #scores: WordScores | undefined;
  readonly composition: TermComposition;

  /** `synonyms` are the words that the one stands for, of which it is the only one that there is. */
  constructor(
    column: TextColumn,
    ordinal: number,
    statistics: TermStatistics,
    boost: number,
    synonyms?: readonly string[],
  ) {
    this.column = column;
    this.ordinal = ordinal;
    this.scorer = termScorer(statistics, boost);
    this.discountsOverlaps = discountsOverlaps(statistics.similarity);
    this.cost = column.docCount(ordinal);
    const occurrences = (doc: number) => column.occurrences(doc, ordinal, this.discountsOverlaps);
    const word = (field: string) => `${field}:${column.dictionary.term(ordinal)}`;
    const label = synonyms === undefined ? word : (field: string) => synonymLabel(field, synonyms);
    const isSynonyms = synonyms !== undefined;
    this.composition = { kind: 'term', column, label, isSynonyms, statistics, boost, occurrences };
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
    const { frequency, length } = this.column.occurrences(doc, this.ordinal, this.discountsOverlaps);
    return frequency === 0 ? 0 : this.scorer(frequency, length);
  }
}
