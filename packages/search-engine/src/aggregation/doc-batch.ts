/**
 * Documents of one chunk. `offsets` ascend; a document may stand there more than once, each time with another bucket. The arrays are the
 * receiver's until it returns.
 */
export interface DocBatch {
  readonly chunk: number;
  readonly offsets: Uint16Array;
  /** The bucket above that each document fell into. */
  readonly buckets: Uint32Array;
  readonly count: number;
  /** No bucket of the batch has a higher number; absent where whoever made the batch does not know. */
  readonly highestBucket?: number;
}
