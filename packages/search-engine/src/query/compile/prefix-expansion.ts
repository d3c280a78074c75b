import type { OrdinalColumn } from '../../columns/ordinal-column.ts';
import { matchingOrdinals, prefixTest } from './matching-ordinals.ts';

/** The first terms, in order of their bytes, that start with `prefix` and occur in a document. */
export function expandPrefix(column: OrdinalColumn, prefix: string, maxTerms: number): readonly number[] {
  return matchingOrdinals(column.dictionary, prefixTest(Buffer.from(prefix)))
    .filter((ordinal) => column.docCount(ordinal) > 0)
    .sort((a, b) => column.dictionary.compare(a, b))
    .slice(0, maxTerms);
}
