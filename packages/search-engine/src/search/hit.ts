import type { FetchedHit } from '../fetch/fetch.ts';
import type { Double } from '../numbers/double.ts';
import type { SortValue } from '../sort/sort-key.ts';

/** A document as it was found. Its source bytes are the JSON object exactly as it was indexed. */
export interface Hit {
  readonly index: string;
  readonly id: string;
  readonly score: number | null;
  readonly sort: readonly SortValue[];
  /** Whether the sort value of that position is a double or a float, such as a score. */
  sortsDouble(position: number): boolean;
  readonly version: number;
  readonly seqNo: number;
  readonly primaryTerm: number;
  /** The value by which it was routed to its shard; undefined where that is its id. */
  readonly routing: string | undefined;
  readonly matchedQueries: readonly string[];
  /** Paths of the fields that have values which are not indexed. */
  readonly ignored: readonly string[];
  /** The hit's value of the field by which hits are collapsed. */
  readonly collapsed?: string | number | Double | null;
  /** Where the request has a `fetch`. */
  readonly fetched?: FetchedHit;
  source(): Uint8Array;
}
