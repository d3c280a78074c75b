import { KeywordColumn } from '../columns/keyword-column.ts';
import type { OrdinalColumn } from '../columns/ordinal-column.ts';
import type { Steps } from '../steps/steps.ts';
import { visitInSteps } from '../steps/visit-in-steps.ts';
import type { FieldStatistics } from './term-vectors.ts';

/** Counts the terms of a column. */
export function* fieldStatistics(column: OrdinalColumn): Steps<FieldStatistics> {
  const { docsWithValue: docCount, termCount: sumTotalTermFreq, dictionary } = column;
  if (column instanceof KeywordColumn) return { docCount, sumDocFreq: sumTotalTermFreq, sumTotalTermFreq };
  let sumDocFreq = 0;
  yield* visitInSteps(ordinals(dictionary.size), (ordinal) => {
    sumDocFreq += column.docCount(ordinal);
  });
  return { docCount, sumDocFreq, sumTotalTermFreq };
}

function* ordinals(size: number): Iterable<number> {
  for (let ordinal = 1; ordinal <= size; ordinal++) yield ordinal;
}

/** How often each of some terms stands in the texts of all documents, by one reading of the column. */
export function* totalTermFrequencies(
  column: OrdinalColumn,
  wanted: readonly number[],
): Steps<ReadonlyMap<number, number>> {
  if (column instanceof KeywordColumn) return new Map(wanted.map((ordinal) => [ordinal, column.docCount(ordinal)]));
  const counts = new Map(wanted.map((ordinal) => [ordinal, 0]));
  yield* column.visitValues((_, ordinal) => {
    const count = counts.get(ordinal);
    if (count !== undefined) counts.set(ordinal, count + 1);
  });
  return counts;
}
