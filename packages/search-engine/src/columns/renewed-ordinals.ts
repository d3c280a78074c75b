import type { Dictionary } from '../dictionary/dictionary.ts';
import { UsedTerms } from '../dictionary/used-terms.ts';
import { type NumberArray, WHOLE_NUMBERS } from './number-array.ts';
import { type OrdinalRun, OrdinalValues } from './ordinal-values.ts';
import { PagedArray } from './paged-array.ts';

/** What an ordinal column is about to be: the same values, by the ordinals of a dictionary that has only the terms that are used. */
export class RenewedOrdinals {
  readonly values: OrdinalValues = new OrdinalValues();
  readonly docCounts: PagedArray<NumberArray> = new PagedArray(WHOLE_NUMBERS);
  readonly #terms: UsedTerms;

  constructor(old: Dictionary, dictionary: Dictionary) {
    this.#terms = new UsedTerms(old, dictionary);
  }

  get dictionary(): Dictionary {
    return this.#terms.dictionary;
  }

  /** Notes in how many documents an old ordinal occurs now. */
  setDocCount(old: number, count: number): void {
    const ordinal = this.#terms.find(old);
    if (ordinal !== 0) this.docCounts.set(ordinal, count);
  }

  /** Gives a document what it has in the old values. `docCount` tells in how many documents an old ordinal occurs now. */
  set(doc: number, { values, start, end }: OrdinalRun, docCount: (old: number) => number): void {
    const ordinals: number[] = [];
    for (let at = start; at < end; at++) {
      const old = values[at]!;
      ordinals.push(old === 0 ? 0 : this.#terms.find(old) || this.#take(old, docCount(old)));
    }
    this.values.set(doc, ordinals, ordinals.length);
  }

  #take(old: number, docCount: number): number {
    const ordinal = this.#terms.take(old);
    this.docCounts.set(ordinal, docCount);
    return ordinal;
  }
}
