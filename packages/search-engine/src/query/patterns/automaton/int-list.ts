const PAGE_BITS = 14;
const PAGE = 1 << PAGE_BITS;
const PLACE_MASK = PAGE - 1;
const FIRST_PAGE = 16;
/** The first page grows by so much; most lists are short. */
const GROWTH = 4;

/** A growing list of 32-bit integers. It has pages, so that no `push` copies more than one of them. */
export class IntList {
  readonly #pages: Int32Array[];
  #last = new Int32Array(FIRST_PAGE);
  /** How many fit in without another page. */
  #capacity = FIRST_PAGE;
  #length = 0;

  constructor() {
    this.#pages = [this.#last];
  }

  get length(): number {
    return this.#length;
  }

  at(index: number): number {
    return this.#pages[index >>> PAGE_BITS]![index & PLACE_MASK]!;
  }

  set(index: number, value: number): void {
    this.#pages[index >>> PAGE_BITS]![index & PLACE_MASK] = value;
  }

  push(value: number): void {
    if (this.#length === this.#capacity) this.#grow();
    this.#last[this.#length++ & PLACE_MASK] = value;
  }

  #grow(): void {
    const isFull = this.#last.length === PAGE;
    const page = new Int32Array(isFull ? PAGE : this.#last.length * GROWTH);
    if (!isFull) page.set(this.#pages.pop()!);
    this.#capacity = this.#pages.length * PAGE + page.length;
    this.#pages.push(page);
    this.#last = page;
  }
}
