import type { DictionaryOwner } from '../dictionary/used-terms.ts';
import type { Steps } from '../steps/steps.ts';
import { visitInSteps } from '../steps/visit-in-steps.ts';
import type { LocalIndex } from './local-index.ts';

/**
 * Lets go of terms and ids that no document has any more, where they are the greater part. The index may be written, and its data forked, between
 * the steps.
 */
export function* compactDictionaries(index: LocalIndex): Steps<void> {
  for (const [name, { isDense }] of [...index.data.dictionaryOwners()]) {
    if (isDense) continue;
    yield* compactOne(index, () => ownerOf(index, name));
    yield;
  }
}

function ownerOf(index: LocalIndex, name: string | undefined): DictionaryOwner {
  const data = index.writableData();
  const column = name === undefined ? undefined : data.column(name);
  return column !== undefined && 'renew' in column ? column : data.documents;
}

function* compactOne(index: LocalIndex, owner: () => DictionaryOwner): Steps<void> {
  owner().startRenewal();
  yield* visitInSteps(numbersBelow(index.data.documents.limit), (doc) => owner().renew(doc));
  owner().finishRenewal();
}

function* numbersBelow(limit: number): Iterable<number> {
  for (let number = 0; number < limit; number++) yield number;
}
