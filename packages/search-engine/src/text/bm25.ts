import type { Bm25Similarity, Similarity } from './similarity.ts';

const EXACT_LENGTHS = 24;
const LENGTH_CODES = 256;

/** What scores depend on besides the document: of one field, and of one term of it or all terms of a phrase. */
export interface TermStatistics {
  /** Documents with a value of the field. */
  readonly docCount: number;
  /** Terms of all these documents together. */
  readonly termCount: number;
  /** For each term, the documents that have it. */
  readonly docFrequencies: readonly number[];
  /** Whether the length of a text counts; without, each counts as one of one term. */
  readonly norms: boolean;
  readonly similarity: Similarity;
}

/** The score of a document in which the term occurs so often, and which has so many terms. */
export type TermScorer = (frequency: number, length: number) => number;

/**
 * BM25 as Elasticsearch 7 computes it, in 32-bit floats step by step so that scores are equal to the last digit: Lucene's BM25Similarity
 * times k1 + 1, over lengths as Lucene stores them.
 */
export function bm25Scorer(statistics: TermStatistics, { k1, b }: Bm25Similarity, boost: number): TermScorer {
  const { docCount, termCount, docFrequencies, norms } = statistics;
  const f = Math.fround;
  let idf = 0;
  for (const frequency of docFrequencies) idf += inverseDocFrequency(docCount, frequency);
  const weight = f(f(f(boost) * f(1 + k1)) * f(idf));
  const averageLength = f(termCount / docCount);
  const inverseNorm = (code: number): number => {
    const relative = f(f(b * storedLength(code)) / averageLength);
    return f(1 / f(k1 * f(f(1 - b) + relative)));
  };
  const score = (frequency: number, inverse: number) => f(weight - f(weight / f(1 + f(frequency * inverse))));
  if (!norms) {
    const only = inverseNorm(1);
    return (frequency) => score(frequency, only);
  }
  // Of each length when it is first wanted: most searches want few. None is 0.
  const inverseNorms = new Float32Array(LENGTH_CODES);
  return (frequency, length) => {
    const code = lengthCode(length);
    inverseNorms[code] ||= inverseNorm(code);
    return score(frequency, inverseNorms[code]!);
  };
}

/** How rare a term is, as BM25 counts it. */
export function inverseDocFrequency(docCount: number, docFrequency: number): number {
  return Math.fround(Math.log(1 + (docCount - docFrequency + 0.5) / (docFrequency + 0.5)));
}

/** The byte that Lucene keeps of a length (SmallFloat.intToByte4): exact below 24, then four significant bits. */
export function lengthCode(length: number): number {
  if (length < EXACT_LENGTHS) return length;
  const rest = length - EXACT_LENGTHS;
  const bits = 32 - Math.clz32(rest);
  if (bits < 4) return EXACT_LENGTHS + rest;
  const shift = bits - 4;
  return EXACT_LENGTHS + (((rest >>> shift) & 7) | ((shift + 1) << 3));
}

/** The length that a byte stands for. */
export function storedLength(code: number): number {
  if (code < EXACT_LENGTHS) return code;
  const rest = code - EXACT_LENGTHS;
  const shift = (rest >>> 3) - 1;
  return EXACT_LENGTHS + (shift === -1 ? rest & 7 : ((rest & 7) | 8) * 2 ** shift);
}
