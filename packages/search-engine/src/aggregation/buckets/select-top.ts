/** The first `size` items in the order of `compare`, in that order; keeps no more than that many while it reads. */
export function selectTop<T>(items: Iterable<T>, size: number, compare: (a: T, b: T) => number): readonly T[] {
  const top = new Top(size, compare);
  for (const item of items) top.offer(item);
  return top.sorted();
}

/** The first `size` of the items that it is offered. */
export class Top<T> {
  readonly #size: number;
  readonly #compare: (a: T, b: T) => number;
  /** A heap whose root is the last of those kept. */
  readonly #heap: T[] = [];

  constructor(size: number, compare: (a: T, b: T) => number) {
    this.#size = size;
    this.#compare = compare;
  }

  offer(item: T): void {
    const heap = this.#heap;
    if (heap.length < this.#size) {
      heap.push(item);
      siftUp(heap, this.#compare);
    } else if (this.#size > 0 && this.#compare(item, heap[0]!) < 0) {
      heap[0] = item;
      siftDown(heap, this.#compare);
    }
  }

  /** Those kept, in order. Ends the selection. */
  sorted(): readonly T[] {
    return this.#heap.sort(this.#compare);
  }
}

function siftUp<T>(heap: T[], compare: (a: T, b: T) => number): void {
  let at = heap.length - 1;
  const item = heap[at]!;
  while (at > 0) {
    const parent = (at - 1) >> 1;
    if (compare(item, heap[parent]!) <= 0) break;
    heap[at] = heap[parent]!;
    at = parent;
  }
  heap[at] = item;
}

function siftDown<T>(heap: T[], compare: (a: T, b: T) => number): void {
  const item = heap[0]!;
  let at = 0;
  for (;;) {
    let child = 2 * at + 1;
    if (child >= heap.length) break;
    if (child + 1 < heap.length && compare(heap[child + 1]!, heap[child]!) > 0) child++;
    if (compare(heap[child]!, item) <= 0) break;
    heap[at] = heap[child]!;
    at = child;
  }
  heap[at] = item;
}
