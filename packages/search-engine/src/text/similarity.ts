/** How the documents of a term are scored: Lucene's BM25Similarity and BooleanSimilarity. */
export type Similarity = Bm25Similarity | { readonly type: 'boolean' };

/** 32-bit floats. */
export interface Bm25Similarity {
  readonly type: 'BM25';
  /** How soon more occurrences of a term count no more; 0 or more. */
  readonly k1: number;
  /** How much the length of a text counts; from 0 to 1. */
  readonly b: number;
  /** Whether that length leaves out words that stand where the word before them does. */
  readonly discountOverlaps: boolean;
}

/** The similarity of fields that name none. */
export const BM25: Bm25Similarity = {
  type: 'BM25',
  k1: Math.fround(1.2),
  b: Math.fround(0.75),
  discountOverlaps: true,
};

/** Every document that has the term has its boost for a score. */
export const BOOLEAN: Similarity = { type: 'boolean' };

/** Whether the length of a text leaves out words that stand where the word before them does. */
export function discountsOverlaps(similarity: Similarity): boolean {
  return similarity.type !== 'BM25' || similarity.discountOverlaps;
}
