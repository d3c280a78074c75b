import { javaFloat } from '../numbers/java-float.ts';
import type { TermComposition } from '../query/clauses/clause.ts';
import { inverseDocFrequency, lengthCode, storedLength, type TermStatistics } from '../text/bm25.ts';
import type { Bm25Similarity } from '../text/similarity.ts';
import { termScorer } from '../text/term-scorer.ts';
import { type Explanation, explained, explainedCount } from './explanation.ts';

/** Lengths beyond this code are kept to four significant bits. */
const LAST_EXACT_CODE = 39;

/** The score of a term or phrase; `label` is what Lucene writes for it. */
export function explainTerm(composition: TermComposition, label: string, doc: number): Explanation {
  const { statistics, boost, occurrences } = composition;
  const { frequency, length } = occurrences(doc);
  const score = termScorer(statistics, boost)(frequency, length);
  const { similarity } = statistics;
  const made =
    similarity.type === 'boolean'
      ? explained(score, 'score(BooleanWeight), computed from:', [explained(score, 'boost, query boost')])
      : explainBm25(composition, similarity, score, doc);
  return explained(score, `weight(${label} in ${doc}) [PerFieldSimilarity], result of:`, [made]);
}

function explainBm25(
  { statistics, boost, isSynonyms = false, occurrences }: TermComposition,
  similarity: Bm25Similarity,
  score: number,
  doc: number,
): Explanation {
  const { frequency, length: words } = occurrences(doc);
  const length = statistics.norms ? words : 1;
  const weight = Math.fround(Math.fround(boost) * Math.fround(1 + similarity.k1));
  const isPhrase = statistics.docFrequencies.length > 1;
  const frequencyLabel = isPhrase ? 'phraseFreq=' : isSynonyms ? 'termFreq=' : undefined;
  const details = [
    // compat: a boost of 1 is not told.
    ...(weight === 1 ? [] : [explained(weight, 'boost')]),
    explainIdf(statistics),
    explainTf(statistics, similarity, frequency, length, frequencyLabel),
  ];
  return explained(score, `score(freq=${javaFloat(frequency)}), computed as boost * idf * tf from:`, details);
}

function explainIdf({ docCount, docFrequencies }: TermStatistics): Explanation {
  const each = docFrequencies.map((docFrequency) =>
    explained(
      inverseDocFrequency(docCount, docFrequency),
      'idf, computed as log(1 + (N - n + 0.5) / (n + 0.5)) from:',
      [
        explainedCount(docFrequency, 'n, number of documents containing term'),
        explainedCount(docCount, 'N, total number of documents with field'),
      ],
    ),
  );
  const [only] = each;
  if (each.length === 1 && only !== undefined) return only;
  const sum = Math.fround(each.reduce((total, { value }) => total + value, 0));
  return explained(sum, 'idf, sum of:', each);
}

function explainTf(
  { termCount, docCount }: TermStatistics,
  { k1, b }: Bm25Similarity,
  frequency: number,
  length: number,
  frequencyLabel: string | undefined,
): Explanation {
  const f = Math.fround;
  const code = lengthCode(length);
  const average = f(termCount / docCount);
  const inverse = f(1 / f(k1 * f(f(1 - b) + f(f(b * storedLength(code)) / average))));
  const tf = f(1 - f(1 / f(1 + f(frequency * inverse))));
  const approximate = code > LAST_EXACT_CODE ? ' (approximate)' : '';
  return explained(tf, 'tf, computed as freq / (freq + k1 * (1 - b + b * dl / avgdl)) from:', [
    explained(
      frequency,
      frequencyLabel === undefined
        ? 'freq, occurrences of term within document'
        : `${frequencyLabel}${javaFloat(frequency)}`,
    ),
    explained(k1, 'k1, term saturation parameter'),
    explained(b, 'b, length normalization parameter'),
    explained(storedLength(code), `dl, length of field${approximate}`),
    explained(average, 'avgdl, average length of field'),
  ]);
}
