import { CHUNK_DOCS } from '../columns/chunk-docs.ts';

/** Room for one batch: as many documents as a chunk has. */
export class BatchBuffers {
  readonly offsets: Uint16Array = new Uint16Array(CHUNK_DOCS);
  readonly buckets: Uint32Array = new Uint32Array(CHUNK_DOCS);
  /** Numbers, or ordinals, whichever the borrower gathers. */
  readonly values: Float64Array = new Float64Array(CHUNK_DOCS);
  readonly ordinals: Uint32Array = new Uint32Array(CHUNK_DOCS);
}

/** Aggregations run one after the other, so there are never more in use than aggregations are deep. */
const free: BatchBuffers[] = [];

/** Lends buffers; they hold whatever the last borrower left. */
export function borrowBuffers(): BatchBuffers {
  return free.pop() ?? new BatchBuffers();
}

export function returnBuffers(buffers: BatchBuffers): void {
  free.push(buffers);
}
