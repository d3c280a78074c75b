import type { ChunkNumbers, DocSet } from '../../columns/doc-set.ts';
import type { OrdinalColumn } from '../../columns/ordinal-column.ts';
import type { Steps } from '../../steps/steps.ts';
import type { TermStatistics } from '../../text/bm25.ts';
import type { DocFunction } from '../functions/doc-function.ts';
import type { BoostMode, ScoreMode } from '../functions/score-function.ts';
import type { Query } from '../query.ts';

/** The documents of a clause, in as many steps as it takes. */
export function* findDocs(clause: Clause): Steps<DocSet> {
  return clause.find === undefined ? clause.docs() : yield* clause.find();
}

/**
 * A query resolved against one index: which live documents match, and their scores. Stands until the next write. A clause either lists its
 * documents or is asked about single ones, whichever is cheaper where it stands.
 */
export interface Clause {
  /** An upper bound of the documents that match; cheap. */
  readonly cost: number;
  /** All documents that match, as a bitset or ascending. The set may be a view on postings: nobody may change it. */
  docs(): DocSet;
  /** What {@link docs} gives, in steps; absent where that never takes long. */
  find?(): Steps<DocSet>;
  /** Whether a live document matches. */
  matches(doc: number): boolean;
  /**
   * Moves those of the first `count` live documents of a chunk that match to the beginning, in their order, and gives how many they are. Much faster
   * than {@link matches} for each; absent where it would not be.
   */
  retain?(chunk: number, offsets: Uint16Array, count: number): number;
  /** Whether all its documents have the same score. */
  readonly scoresAlike?: boolean;
  /** The score of a document that matches, as a 32-bit float. */
  score(doc: number): number;
  /** The scores of documents of one chunk that match, much faster than {@link score} for each; absent where it would not be. */
  readonly scores?: ChunkNumbers;
  /** The score of any live document: 0 for one that does not match. */
  scoreOrZero(doc: number): number;
  /** What its scores are made of, for explanations; absent where its documents all score alike. */
  readonly composition?: ScoreComposition;
}

/** What the scores of a clause are made of. */
export type ScoreComposition =
  | TermComposition
  | FunctionScoreComposition
  | {
      readonly kind: 'sum';
      readonly must: readonly Clause[];
      readonly filter: readonly Clause[];
      readonly should: readonly Clause[];
    }
  | { readonly kind: 'max'; readonly clauses: readonly Clause[]; readonly tieBreaker: number };

/** The score of a term, of several that stand for each other, or of a phrase. */
export interface TermComposition {
  readonly kind: 'term';
  /** Undefined of a boolean, whose terms are `T` and `F`. */
  readonly column: OrdinalColumn | undefined;
  /** What Lucene writes for it where its field has that name. */
  label(field: string): string;
  /** Whether it is of several terms that stand for each other. */
  readonly isSynonyms?: boolean;
  readonly statistics: TermStatistics;
  readonly boost: number;
  occurrences(doc: number): { readonly frequency: number; readonly length: number };
}

/** A function and the documents that it is for. It explains what it gives with its weight. */
export interface FilteredFunction extends DocFunction {
  /** Undefined: for all documents. */
  readonly filter: Clause | undefined;
  /** What the filter was made of. */
  readonly filterQuery: Query | undefined;
  readonly weight: number;
}

/** How the functions and the query's score become one score. */
export interface FunctionScoreOptions {
  readonly scoreMode: ScoreMode;
  readonly boostMode: BoostMode;
  readonly maxBoost: number;
  readonly minScore: number | undefined;
}

/** The score of a query and what at least one function gives. */
export interface FunctionScoreComposition {
  readonly kind: 'functionScore';
  readonly query: Clause;
  readonly functions: readonly FilteredFunction[];
  readonly options: FunctionScoreOptions;
  /** What the functions give a document together, before `maxBoost`. */
  factor(doc: number): number;
}
