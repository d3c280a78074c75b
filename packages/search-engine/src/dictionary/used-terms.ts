import { UINT32 } from '../columns/number-array.ts';
import { PagedArray } from '../columns/paged-array.ts';
import type { Dictionary } from './dictionary.ts';

/**
 * What has a dictionary whose terms may come out of use, and can make it anew from those that are used while it is written and forked: from
 * {@link startRenewal} on, which gives the new one, writes go to that too, and every document that was there before is renewed once.
 */
export interface DictionaryOwner {
  readonly dictionary: Dictionary;
  /** Whether so many of the terms are used that making the dictionary anew is not worth the time. */
  readonly isDense: boolean;
  startRenewal(dictionary: Dictionary): void;
  /** Takes the document's terms over into the new dictionary. */
  renew(doc: number): void;
  /** Puts the new dictionary in the place of the old one: ordinals change. */
  finishRenewal(): void;
}

/** The terms of a dictionary that somebody has asked for, in another one. */
export class UsedTerms {
  readonly dictionary: Dictionary;
  readonly #old: Dictionary;
  /** By old ordinal. */
  readonly #ordinals: PagedArray<Uint32Array> = new PagedArray(UINT32);

  constructor(old: Dictionary, dictionary: Dictionary) {
    this.#old = old;
    this.dictionary = dictionary;
  }

  /** The new ordinal of an old one; 0 while nobody has asked for the term. */
  find(old: number): number {
    return this.#ordinals.get(old);
  }

  /** Takes the term over; it must not have been yet. */
  take(old: number): number {
    const ordinal = this.dictionary.add(this.#old.term(old));
    this.#ordinals.set(old, ordinal);
    return ordinal;
  }
}
