import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type HeapItem, IndexedHeap } from './indexed-heap.ts';

interface Item extends HeapItem {
  readonly key: number;
}

it('gives the least item after any pushes, pops and removals', () => {
  const step = fc.oneof(
    fc.record({ kind: fc.constant('push' as const), key: fc.integer() }),
    fc.record({ kind: fc.constant('remove' as const), at: fc.nat() }),
    fc.constant({ kind: 'pop' as const }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      const heap = new IndexedHeap<Item>((a, b) => a.key < b.key);
      let model: Item[] = [];
      for (const action of steps) {
        if (action.kind === 'push') {
          const item = { key: action.key, heapSlot: -1 };
          heap.push(item);
          model.push(item);
        } else if (action.kind === 'remove') {
          const item = model[action.at % Math.max(model.length, 1)];
          if (item === undefined) continue;
          expect(heap.remove(item)).toBe(true);
          expect(heap.remove(item)).toBe(false);
          model = model.filter((other) => other !== item);
        } else {
          const popped = heap.pop();
          expect(popped?.key ?? Infinity).toBe(Math.min(Infinity, ...model.map(({ key }) => key)));
          model = model.filter((other) => other !== popped);
        }
        expect(heap.size).toBe(model.length);
        expect(model.every((item) => heap.has(item))).toBe(true);
      }
    }),
  );
});
