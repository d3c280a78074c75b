/** Where a heap keeps an item's slot. An item may be in one heap at a time. */
export interface HeapItem {
  heapSlot: number;
}

/** A binary heap from which any item can be removed in logarithmic time, because items know their slots. */
export class IndexedHeap<Item extends HeapItem> {
  readonly #items: Item[] = [];
  readonly #before: (a: Item, b: Item) => boolean;

  /** `before` orders the items; it must not change for an item while that is in the heap. */
  constructor(before: (a: Item, b: Item) => boolean) {
    this.#before = before;
  }

  get size(): number {
    return this.#items.length;
  }

  peek(): Item | undefined {
    return this.#items[0];
  }

  has(item: Item): boolean {
    return this.#items[item.heapSlot] === item;
  }

  push(item: Item): void {
    this.#items.push(item);
    this.#rise(item, this.#items.length - 1);
  }

  pop(): Item | undefined {
    const first = this.#items[0];
    if (first !== undefined) this.remove(first);
    return first;
  }

  /** Whether the item was in the heap. */
  remove(item: Item): boolean {
    if (!this.has(item)) return false;
    const slot = item.heapSlot;
    item.heapSlot = -1;
    const last = this.#items.pop()!;
    if (last === item) return true;
    this.#rise(last, slot);
    this.#sink(last, last.heapSlot);
    return true;
  }

  #rise(item: Item, from: number): void {
    let slot = from;
    while (slot > 0) {
      const parent = (slot - 1) >> 1;
      const above = this.#items[parent]!;
      if (!this.#before(item, above)) break;
      this.#put(above, slot);
      slot = parent;
    }
    this.#put(item, slot);
  }

  #sink(item: Item, from: number): void {
    let slot = from;
    for (;;) {
      let child = 2 * slot + 1;
      if (child >= this.#items.length) break;
      if (child + 1 < this.#items.length && this.#before(this.#items[child + 1]!, this.#items[child]!)) child++;
      const below = this.#items[child]!;
      if (!this.#before(below, item)) break;
      this.#put(below, slot);
      slot = child;
    }
    this.#put(item, slot);
  }

  #put(item: Item, slot: number): void {
    this.#items[slot] = item;
    item.heapSlot = slot;
  }
}
