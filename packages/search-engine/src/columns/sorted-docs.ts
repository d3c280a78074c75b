import { CHUNK_DOCS } from './chunk-docs.ts';
import { CHUNK_MASK, CHUNK_SHIFT, type ChunkVisitor, type DocSet } from './doc-set.ts';
import { borrowOffsets, returnOffsets } from './offset-buffers.ts';

/** A small set of document numbers as an ascending array. */
export class SortedDocs implements DocSet {
  readonly docs: Uint32Array;

  /** `docs` must ascend without duplicates. */
  constructor(docs: Uint32Array) {
    this.docs = docs;
  }

  /** From documents in any order, with duplicates; the array is used up. */
  static fromUnsorted(docs: Uint32Array): SortedDocs {
    docs.sort();
    let count = 0;
    for (let i = 0; i < docs.length; i++) {
      const doc = docs[i]!;
      if (count === 0 || docs[count - 1] !== doc) docs[count++] = doc;
    }
    return new SortedDocs(docs.subarray(0, count));
  }

  get size(): number {
    return this.docs.length;
  }

  has(doc: number): boolean {
    return this.docs[lowerBound(this.docs, this.docs.length, doc)] === doc;
  }

  firstFrom(from: number, count: number): readonly number[] {
    const start = lowerBound(this.docs, this.docs.length, from);
    return Array.from(this.docs.subarray(start, start + count));
  }

  /** Moves those of the first `count` documents of a chunk, which ascend, that are in the set to the beginning, and gives how many they are. */
  retain(chunk: number, offsets: Uint16Array, count: number): number {
    if (count === 0) return 0;
    const { docs } = this;
    const base = chunk * CHUNK_DOCS;
    const last = offsets[count - 1]!;
    let kept = 0;
    let at = 0;
    for (let next = lowerBound(docs, docs.length, base + offsets[0]!); next < docs.length; next++) {
      const offset = docs[next]! - base;
      if (offset > last) break;
      while (offsets[at]! < offset) at++;
      if (offsets[at] === offset) offsets[kept++] = offset;
    }
    return kept;
  }

  get chunkLimit(): number {
    return this.docs.length === 0 ? 0 : (this.docs.at(-1)! >>> CHUNK_SHIFT) + 1;
  }

  forEachChunk(visit: ChunkVisitor, fromChunk: number = 0, toChunk: number = Number.POSITIVE_INFINITY): void {
    const { docs } = this;
    const offsets = borrowOffsets();
    const first = fromChunk === 0 ? 0 : lowerBound(docs, docs.length, fromChunk * CHUNK_DOCS);
    for (let from = first; from < docs.length; ) {
      const chunk = docs[from]! >>> CHUNK_SHIFT;
      if (chunk >= toChunk) break;
      const to = lowerBound(docs, docs.length, (chunk + 1) * CHUNK_DOCS);
      for (let i = from; i < to; i++) offsets[i - from] = docs[i]! & CHUNK_MASK;
      visit(chunk, offsets, to - from);
      from = to;
    }
    returnOffsets(offsets);
  }
}

/** Where `doc` is, or would be inserted, among the first `count` entries of an ascending array. */
export function lowerBound(docs: Uint32Array, count: number, doc: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (docs[middle]! < doc) low = middle + 1;
    else high = middle;
  }
  return low;
}
