import { StepSize } from '../steps/step-size.ts';
import type { Steps } from '../steps/steps.ts';
import { borrowOffsets, returnOffsets } from './offset-buffers.ts';

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
  /** The first documents from a number on, `count` at most. */
  firstFrom(from: number, count: number): readonly number[];
  /** One more than the last chunk that may hold documents of the set. */
  readonly chunkLimit: number;
  /** Visits the chunks that hold documents of the set, ascending: all, or those from `from` to before `to`. */
  forEachChunk(visit: ChunkVisitor, from?: number, to?: number): void;
}

/** Documents of one step: most take less than a microsecond, one that is compared with others several, one of a thousand clauses far more. */
const STEP_DOCS = { first: 512, least: 8, most: 2048 };

/** Visits the documents of a set, ascending: some of a chunk in each step. */
export function* visitInChunks(set: DocSet, visit: ChunkVisitor): Steps<void> {
  const offsets = borrowOffsets();
  const step = new StepSize(STEP_DOCS);
  for (let chunk = 0; chunk < set.chunkLimit; chunk++) {
    const size = copyOffsets(set, chunk, offsets);
    for (let from = 0, to: number; from < size; from = to) {
      to = Math.min(size, from + step.items);
      step.take(() => visit(chunk, offsets.subarray(from, to), to - from));
      yield;
    }
  }
  returnOffsets(offsets);
}

/** Copies the offsets of the set's documents in a chunk and tells how many they are. */
export function copyOffsets(set: DocSet, chunk: number, to: Uint16Array): number {
  let size = 0;
  const copy = (_: number, offsets: Uint16Array, count: number): void => {
    to.set(offsets.subarray(0, count));
    size = count;
  };
  set.forEachChunk(copy, chunk, chunk + 1);
  return size;
}
