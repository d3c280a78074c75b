import type { Steps } from '../steps/steps.ts';

/** Documents of one chunk. Columns, bitsets and postings are cut at the same borders. */
export const CHUNK_DOCS = 65_536;
/** `doc >>> CHUNK_SHIFT` is a document's chunk, `doc & CHUNK_MASK` its offset in there. */
export const CHUNK_SHIFT = 16;
/** Takes the offset out of a document's number. */
export const CHUNK_MASK = 0xffff;

/**
 * Receives one chunk's documents. The first `count` entries of `offsets` ascend; the array is the visitor's, who may change it, only until it returns.
 */
export type ChunkVisitor = (chunk: number, offsets: Uint16Array, count: number) => void;

/** Writes a number for each of the first `count` documents of a chunk to the beginning of `into`. */
export type ChunkNumbers = (chunk: number, offsets: Uint16Array, count: number, into: Float64Array) => void;

/** An unchangeable set of document numbers. */
export interface DocSet {
  readonly size: number;
  has(doc: number): boolean;
  /** One more than the last chunk that may hold documents of the set. */
  readonly chunkLimit: number;
  /** Visits the chunks that hold documents of the set, ascending: all, or those from `from` to before `to`. */
  forEachChunk(visit: ChunkVisitor, from?: number, to?: number): void;
}

/** Visits the chunks of a set, one in each step. */
export function* visitChunks(set: DocSet, visit: ChunkVisitor): Steps<void> {
  for (let chunk = 0; chunk < set.chunkLimit; chunk++) {
    set.forEachChunk(visit, chunk, chunk + 1);
    yield;
  }
}
