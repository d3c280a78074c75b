import type { OrdinalColumn } from '../../columns/ordinal-column.ts';
import { matchingOrdinals, startsWith } from './matching-ordinals.ts';

/** The first terms, in order of their bytes, that start with `prefix` and occur in a document. */
export function expandPrefix(column: OrdinalColumn, prefix: string, maxTerms: number): readonly number[] {
  const wanted = Buffer.from(prefix);
  return matchingOrdinals(column.dictionary, (term) => startsWith(term, wanted))
    .filter((ordinal) => column.docCount(ordinal) > 0)
    .sort((a, b) => column.dictionary.compare(a, b))
    .slice(0, maxTerms);
}
