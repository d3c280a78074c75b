/** Values of a page. */
export const PAGE_VALUES = 16_384;

/** Pages that are kept for the next search. */
const MOST_FREE = 64;

const free: Float64Array[] = [];

/**
 * Pages that one search fills with values and gives back when its results are made: the next one takes them again, since the memory of an array comes
 * back long after the array was last used.
 */
export class ValuePages {
  #lent: Float64Array[] | undefined = [];

  /** Holds whatever the last borrower left. */
  borrow(): Float64Array {
    const page = free.pop() ?? new Float64Array(PAGE_VALUES);
    this.#lent?.push(page);
    return page;
  }

  get areGivenBack(): boolean {
    return this.#lent === undefined;
  }

  giveBack(): void {
    for (const page of this.#lent ?? []) if (free.length < MOST_FREE) free.push(page);
    this.#lent = undefined;
  }
}
