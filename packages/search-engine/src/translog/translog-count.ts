/** Writes of one index, and the bytes of their records. */
export interface TranslogCount {
  readonly operations: number;
  readonly bytes: number;
}

/** What there is to replay of an index right behind its checkpoint. */
export const NOTHING_WRITTEN: TranslogCount = { operations: 0, bytes: 0 };

export function addCounts(a: TranslogCount, b: TranslogCount): TranslogCount {
  return { operations: a.operations + b.operations, bytes: a.bytes + b.bytes };
}
