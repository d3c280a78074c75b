import { siftDown, siftUp } from '../../sort/heap.ts';
import { sortInSteps } from '../../steps/sort-in-steps.ts';
import type { Steps } from '../../steps/steps.ts';

/** The first `size` of the items that it is offered in the order of `compare`; it keeps no more than that many. */
export class Top<T> {
  readonly #size: number;
  readonly #compare: (a: T, b: T) => number;
  /** A heap whose root is the last of those kept. */
  readonly #heap: T[] = [];

  constructor(size: number, compare: (a: T, b: T) => number) {
    this.#size = size;
    this.#compare = compare;
  }

  /** The item that is not among the first: this one, or one that was; undefined while there are not that many. */
  offer(item: T): T | undefined {
    const heap = this.#heap;
    if (heap.length < this.#size) {
      heap.push(item);
      siftUp(heap, this.#compare);
      return undefined;
    }
    if (this.#size === 0 || this.#compare(item, heap[0]!) >= 0) return item;
    const out = heap[0];
    heap[0] = item;
    siftDown(heap, this.#compare);
    return out;
  }

  /** The last of those kept, once there are as many as there may be: what comes behind it is not among the first. */
  get last(): T | undefined {
    return this.#heap.length < this.#size ? undefined : this.#heap[0];
  }

  /** Those kept, in order. */
  sorted(): Steps<readonly T[]> {
    return sortInSteps(this.#heap, this.#compare);
  }
}
