import { CHUNK_DOCS } from './chunk-docs.ts';

/** Computations that are suspended keep theirs, so there are never many more than these. */
const MAX_FREE = 16;
const freeBuffers: Uint16Array[] = [];

/** Lends room for the offsets of one chunk, with whatever the last borrower left: making it anew costs more than most chunks take to be read. */
export function borrowOffsets(): Uint16Array {
  return freeBuffers.pop() ?? new Uint16Array(CHUNK_DOCS);
}

/** Takes back what nobody reads any more. What is never given back is only garbage. */
export function returnOffsets(offsets: Uint16Array): void {
  if (freeBuffers.length < MAX_FREE) freeBuffers.push(offsets);
}
