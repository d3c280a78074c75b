import type { Dictionary } from '../dictionary/dictionary.ts';
import type { OrdinalRun } from './ordinal-values.ts';

/** Finds the ordinals of a document's terms, one after the other. Those that it had before are found without a search, where they come in the same order. */
export class TermLookup {
  readonly #dictionary: Dictionary;
  readonly #before: ArrayLike<number>;
  readonly #end: number;
  #at: number;

  /** `before` is what the document has: it is only looked at, and may have become another's meanwhile. */
  constructor(dictionary: Dictionary, before: OrdinalRun | undefined) {
    this.#dictionary = dictionary;
    this.#before = before?.values ?? [];
    this.#at = before?.start ?? 0;
    this.#end = before?.end ?? 0;
  }

  /** The term's ordinal, a new one if it has none. */
  add(term: string): number {
    if (this.#at === this.#end) return this.#dictionary.add(term);
    const expected = this.#before[this.#at]!;
    if (expected !== 0 && this.#dictionary.isKnownTerm(expected, term)) {
      this.#at++;
      return expected;
    }
    const ordinal = this.#dictionary.add(term);
    // A term may have gone, and 0 is a position without a word.
    const next = this.#at + 1;
    if (next < this.#end && this.#before[next] === ordinal) this.#at = next + 1;
    return ordinal;
  }
}
