import type { Token } from '../analysis/analyzer.ts';

/** Which terms of a document are wanted. */
export interface TermVectorsRequest {
  /** The document: a JSON object. */
  readonly source: Uint8Array;
  /** Whether the mapping has accepted it. One that is not in the index is read first, and what is wrong with it thrown. */
  readonly isIndexed: boolean;
  /** Names and patterns. Without them, of a document of the index those fields whose mapping keeps vectors, and of another all. */
  readonly fields?: readonly string[];
  /** By field the name of the analyzer that takes its text apart, where the index has one of that name. */
  readonly analyzers: ReadonlyMap<string, string>;
  readonly termStatistics: boolean;
  readonly filter?: TermFilter;
}

/** Which terms of each field are kept: those that tell most of the document, by frequency and rarity. */
export interface TermFilter {
  readonly maxNumTerms: number;
  readonly minTermFreq: number;
  readonly maxTermFreq: number;
  readonly minDocFreq: number;
  readonly maxDocFreq: number;
  /** In characters; 0 is no bound. */
  readonly minWordLength: number;
  readonly maxWordLength: number;
}

/** The terms of one field. */
export interface FieldTermVector {
  readonly field: string;
  readonly statistics: FieldStatistics;
  /** In the order of their bytes. */
  readonly terms: readonly VectorTerm[];
  /** What is known of where they stand: less than all where the mapping keeps less. */
  readonly hasPositions: boolean;
  readonly hasOffsets: boolean;
}

/** Counts over all documents of the index; of the document alone where no other has a term of the field. */
export interface FieldStatistics {
  readonly docCount: number;
  /** The sum over the terms of the number of documents that have them. */
  readonly sumDocFreq: number;
  readonly sumTotalTermFreq: number;
}

/** One term, and where it stands in the document: the values of a field follow each other as one text. */
export interface VectorTerm {
  readonly term: string;
  readonly tokens: readonly Token[];
  /** Where statistics are asked for and the index has the term. */
  readonly statistics?: { readonly docFreq: number; readonly totalTermFreq: number };
  /** Where a filter chose the term. */
  readonly score?: number;
}
