/** Values of a page. */
export const PAGE_VALUES = 16_384;

/** Pages that are kept for the next search: 32 MiB, what two aggregations over a million values fill. */
const MOST_FREE = 256;

/** How long they are kept, in milliseconds after they were given back. */
const KEPT_MS = 10_000;

const free: Float64Array[] = [];
let forgetting: NodeJS.Timeout | undefined;

/** Forgets the pages when no search has given any back for a while. */
function forgetLater(): void {
  forgetting ??= setTimeout(() => {
    forgetting = undefined;
    free.length = 0;
  }, KEPT_MS).unref();
  forgetting.refresh();
}

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
    if (free.length > 0) forgetLater();
  }
}
