import type { OrdinalColumn } from '../../columns/ordinal-column.ts';
import { sortInSteps } from '../../steps/sort-in-steps.ts';
import type { Steps } from '../../steps/steps.ts';
import { matchingOrdinals, prefixTest } from './matching-ordinals.ts';

/** The first terms, in order of their bytes, that start with `prefix` and occur in a document. */
export function* expandPrefix(column: OrdinalColumn, prefix: string, maxTerms: number): Steps<readonly number[]> {
  const ordinals = yield* matchingOrdinals(column.dictionary, prefixTest(Buffer.from(prefix)));
  const used = ordinals.filter((ordinal) => column.docCount(ordinal) > 0);
  return (yield* sortInSteps(used, (a, b) => column.dictionary.compare(a, b))).slice(0, maxTerms);
}
