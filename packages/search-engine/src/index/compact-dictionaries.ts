import { type DictionaryOwner, UsedTerms } from '../dictionary/used-terms.ts';
import { finish, type Steps } from '../steps/steps.ts';
import type { LocalIndex } from './local-index.ts';

/**
 * Lets go of terms and ids that no document has any more, where they are the greater part. The index may be written, and its data forked, between
 * the steps.
 */
export function* compactDictionaries(index: LocalIndex): Steps<void> {
  for (const [name, { isDense }] of [...index.data.dictionaryOwners()]) {
    if (isDense) continue;
    yield* compactOne(() => ownerOf(index, name));
    yield;
  }
}

function ownerOf({ data }: LocalIndex, name: string | undefined): DictionaryOwner {
  const column = name === undefined ? undefined : data.column(name);
  return column !== undefined && 'takeUsed' in column ? column : data.documents;
}

function* compactOne(owner: () => DictionaryOwner): Steps<void> {
  const { dictionary } = owner();
  const terms = new UsedTerms();
  const copy = (): Steps<void> => terms.copy(dictionary, (ordinal) => owner().isUsed(ordinal));
  yield* copy();
  finish(copy());
  owner().takeUsed(terms);
}
