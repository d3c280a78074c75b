/** Documents of one chunk. Columns, bitsets and postings are cut at the same borders. */
export const CHUNK_DOCS = 65_536;
/** `doc >>> CHUNK_SHIFT` is a document's chunk, `doc & CHUNK_MASK` its offset in there. */
export const CHUNK_SHIFT = 16;
/** Takes the offset out of a document's number. */
export const CHUNK_MASK = 0xffff;

/**
 * Receives one chunk's documents. The first `count` entries of `offsets` ascend; the array is the visitor's only until it returns.
 */
export type ChunkVisitor = (chunk: number, offsets: Uint16Array, count: number) => void;

/** An unchangeable set of document numbers. */
export interface DocSet {
  readonly size: number;
  has(doc: number): boolean;
  /** Visits the chunks that hold documents of the set, ascending. */
  forEachChunk(visit: ChunkVisitor): void;
}
