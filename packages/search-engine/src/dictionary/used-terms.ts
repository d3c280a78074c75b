import type { Steps } from '../steps/steps.ts';
import { Dictionary } from './dictionary.ts';

/** Terms that are looked at in one step. */
const STEP_TERMS = 2048;

/** What has a dictionary whose terms may come out of use. */
export interface DictionaryOwner {
  readonly dictionary: Dictionary;
  /** Whether so many of the terms are used that making the dictionary anew is not worth the time. */
  readonly isDense: boolean;
  isUsed(ordinal: number): boolean;
  /** Takes the used terms in the place of its dictionary: ordinals change. */
  takeUsed(terms: UsedTerms): void;
}

/** A dictionary in the making: another's terms that are used. */
export class UsedTerms {
  readonly dictionary: Dictionary = new Dictionary();
  #ordinals: Uint32Array = new Uint32Array(0);

  /** The new ordinal of each old one; 0 for those left out. */
  get ordinals(): Uint32Array {
    return this.#ordinals;
  }

  /** Copies what is used and not copied yet. The owner may be written between the steps: a second time catches up. */
  *copy(old: Dictionary, isUsed: (ordinal: number) => boolean): Steps<void> {
    const { size } = old;
    const ordinals = new Uint32Array(size + 1);
    ordinals.set(this.#ordinals);
    this.#ordinals = ordinals;
    for (let first = 1; first <= size; first += STEP_TERMS) {
      if (first > 1) yield;
      this.#copySome(old, isUsed, first, Math.min(size + 1, first + STEP_TERMS));
    }
  }

  #copySome(old: Dictionary, isUsed: (ordinal: number) => boolean, first: number, end: number): void {
    const ordinals = this.#ordinals;
    for (let ordinal = first; ordinal < end; ordinal++) {
      if (ordinals[ordinal] === 0 && isUsed(ordinal)) ordinals[ordinal] = this.dictionary.add(old.term(ordinal));
    }
  }
}
