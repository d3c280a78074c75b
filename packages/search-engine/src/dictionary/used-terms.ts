import { UINT32 } from '../columns/number-array.ts';
import { PagedArray } from '../columns/paged-array.ts';
import { Dictionary } from './dictionary.ts';

/**
 * What has a dictionary whose terms may come out of use, and can make it anew from those that are used while it is written and forked: from
 * {@link startRenewal} on writes go to the new one too, and every document that was there before is renewed once.
 */
export interface DictionaryOwner {
  /** Whether so many of the terms are used that making the dictionary anew is not worth the time. */
  readonly isDense: boolean;
  startRenewal(): void;
  /** Takes the document's terms over into the new dictionary. */
  renew(doc: number): void;
  /** Puts the new dictionary in the place of the old one: ordinals change. */
  finishRenewal(): void;
}

/** A dictionary in the making: those terms of another that somebody has asked for. */
export class UsedTerms {
  readonly dictionary: Dictionary = new Dictionary();
  readonly #old: Dictionary;
  /** By old ordinal. */
  readonly #ordinals: PagedArray<Uint32Array> = new PagedArray(UINT32);

  constructor(old: Dictionary) {
    this.#old = old;
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
