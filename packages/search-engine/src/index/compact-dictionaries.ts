import { Dictionary } from '../dictionary/dictionary.ts';
import type { DictionaryOwner } from '../dictionary/used-terms.ts';
import type { Steps } from '../steps/steps.ts';
import { visitInSteps } from '../steps/visit-in-steps.ts';
import type { LocalIndex } from './local-index.ts';

/**
 * Lets go of terms and ids that no document has any more, where they are the greater part. The index may be written, and its data forked, between
 * the steps. Columns that have the dictionary of the ids get their new one.
 */
export function* compactDictionaries(index: LocalIndex): Steps<void> {
  const ids = index.data.documents.dictionary;
  for (const [name, { isDense, dictionary }] of [...index.data.dictionaryOwners()]) {
    if (isDense) continue;
    const newIds = index.data.documents.dictionary;
    const target = dictionary === ids && newIds !== ids ? newIds : new Dictionary();
    yield* compactOne(index, () => ownerOf(index, name), target);
    yield;
  }
}

function ownerOf(index: LocalIndex, name: string | undefined): DictionaryOwner {
  const data = index.writableData();
  const column = name === undefined ? undefined : data.column(name);
  return column !== undefined && 'renew' in column ? column : data.documents;
}

function* compactOne(index: LocalIndex, owner: () => DictionaryOwner, target: Dictionary): Steps<void> {
  owner().startRenewal(target);
  yield* visitInSteps(numbersBelow(index.data.documents.limit), (doc) => owner().renew(doc));
  owner().finishRenewal();
}

function* numbersBelow(limit: number): Iterable<number> {
  for (let number = 0; number < limit; number++) yield number;
}
