import { CHUNK_MASK, CHUNK_SHIFT } from '../../columns/doc-set.ts';
import type { DocValues } from '../../columns/doc-values.ts';

/** The documents that have a value of a field. */
export class HasValue {
  readonly #docValues: DocValues | undefined;

  constructor(docValues: DocValues | undefined) {
    this.#docValues = docValues;
  }

  has(doc: number): boolean {
    const chunk = this.#docValues?.chunk(doc >>> CHUNK_SHIFT);
    if (chunk === undefined) return false;
    const offset = doc & CHUNK_MASK;
    if (!chunk.single) return chunk.counts[offset]! > 0;
    return 'ordinals' in chunk ? chunk.ordinals[offset] !== 0 : !Number.isNaN(chunk.values[offset]!);
  }
}
