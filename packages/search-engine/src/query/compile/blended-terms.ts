import type { OrdinalColumn } from '../../columns/ordinal-column.ts';
import type { FieldType } from '../../mapping/field-type.ts';
import type { CountedTerm } from './common-terms.ts';
import { scoredTerm } from './term-scores.ts';

/** One word in one of several fields that are searched as if they were one. */
export interface FieldTerm {
  readonly field: FieldType;
  /** Undefined where no document has a value. */
  readonly column: OrdinalColumn | undefined;
  /** 0 where none has the word. */
  readonly ordinal: number;
  readonly boost: number;
}

/** The clauses of a word in the fields that have it, in which it counts as about equally rare; how many documents have it there is told as it is. */
export function blendedTerms(terms: readonly FieldTerm[], docs: number): readonly CountedTerm[] {
  const found = terms.filter(({ column, ordinal }) => ordinal !== 0 && column!.docCount(ordinal) > 0);
  const most = Math.min(docs, ...found.map(({ column }) => column!.termCount));
  const frequencies = blendedFrequencies(
    found.map(({ column, ordinal }) => column!.docCount(ordinal)),
    most,
  );
  return found.map(({ field, column, ordinal, boost }, at) => ({
    clause: scoredTerm(column!, field, ordinal, boost, frequencies[at]),
    docFrequency: column!.docCount(ordinal),
  }));
}

/**
 * The document frequencies with which a word is scored in the fields that have it. compat: all are that of the field in which it is most frequent, and one
 * more for each step down to a field in which it is less so; none is above `most`.
 */
function blendedFrequencies(frequencies: readonly number[], most: number): readonly number[] {
  const blended = [...frequencies];
  const descending = [...frequencies.keys()].sort((a, b) => frequencies[b]! - frequencies[a]!);
  let previous = Math.max(...frequencies);
  let frequency = Math.min(most, previous);
  for (const at of descending) {
    const own = frequencies[at]!;
    if (own < previous) frequency++;
    blended[at] = Math.min(most, frequency);
    previous = own;
  }
  return blended;
}
