/** A document as it is stored. Its source is read when it is asked for, which has to be in the same turn of the event loop. */
export interface StoredDocument {
  readonly id: string;
  readonly version: number;
  readonly seqNo: number;
  readonly primaryTerm: number;
  /** The value by which it was routed to its shard; undefined where that is its id. */
  readonly routing: string | undefined;
  /** Paths of the fields that have values which are not indexed: too long, or malformed where the mapping lets that pass. */
  readonly ignored: readonly string[];
  readonly sourceBytes: number;
  source(): Uint8Array;
}
