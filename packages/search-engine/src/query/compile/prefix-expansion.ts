import type { OrdinalColumn } from '../../columns/ordinal-column.ts';
import { sortInSteps } from '../../steps/sort-in-steps.ts';
import type { Steps } from '../../steps/steps.ts';
import { matchingOrdinals, prefixTest } from './matching-ordinals.ts';

/**
 * The terms that start with any of the prefixes and occur in a document: of each prefix the first in order of their bytes, until there are `maxTerms`.
 * compat: of a prefix at which there are so many already, one more is taken; then no further prefix is looked at.
 */
export function* expandPrefixes(
  column: OrdinalColumn,
  prefixes: readonly string[],
  maxTerms: number,
): Steps<readonly string[]> {
  const { dictionary } = column;
  const expanded = new Set<string>();
  for (const prefix of new Set(prefixes)) {
    const ordinals = yield* matchingOrdinals(dictionary, prefixTest(Buffer.from(prefix)));
    const used = ordinals.filter((ordinal) => column.docCount(ordinal) > 0);
    for (const ordinal of yield* sortInSteps(used, (a, b) => dictionary.compare(a, b))) {
      expanded.add(dictionary.term(ordinal));
      if (expanded.size >= maxTerms) break;
    }
    if (expanded.size > maxTerms) break;
  }
  return [...expanded];
}
