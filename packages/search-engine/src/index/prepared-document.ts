import type { JsonObject } from '../mapping/json.ts';
import type { Mapping } from '../mapping/mapping.ts';
import type { PreparedValues } from './index-data.ts';

/** A smaller source is indexed in some milliseconds, which is not worth the while to prepare it. */
export const LARGE_SOURCE_BYTES: number = 256 * 1024;

/** A document that is to be written. */
export interface WrittenSource {
  /** A JSON object; kept byte by byte. */
  readonly source: Uint8Array;
  /** What `JSON.parse` makes of the source, where that is known. */
  readonly parsed?: JsonObject | undefined;
  /** By which it is routed to a shard. */
  readonly routing?: string | undefined;
}

/**
 * What was made of a document ahead of its write, so that the write takes little time. None of it can be seen before the write; what does not hold any
 * more by then is made anew.
 */
export interface PreparedDocument extends PreparedValues {
  readonly source: Uint8Array;
  readonly routing: string | undefined;
  /** What it was read with. */
  readonly mapping: Mapping;
}
