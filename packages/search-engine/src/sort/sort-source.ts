import type { ChunkNumbers } from '../columns/doc-set.ts';
import type { SortValue } from './sort-key.ts';

/** A document's place by one sort key, comparable between indices: a number that ascends, or a term's bytes. */
export type MergeKey = number | Buffer;

/** How documents of one index are ordered by one sort key. */
export interface SortSource {
  /** Documents of a smaller number come first; equal numbers are told apart by {@link tie}. */
  key(doc: number): number;
  /** The keys of documents of one chunk, much faster than {@link key} for each; absent where it would not be. */
  readonly keys?: ChunkNumbers;
  /** Absent where equal keys are equal values. */
  readonly tie?: (first: number, second: number) => number;
  /**
   * Tells of documents, by a number below, at or above 0, whether they come before, at, or behind the value that the page before ended with. A value that is no
   * place in the order is refused.
   */
  compareWith(after: SortValue): (doc: number) => number;
  value(doc: number): SortValue;
  /** Whether its values are doubles or floats; absent for all others. */
  readonly isDouble?: boolean;
  mergeKey(doc: number): MergeKey;
  /** Whether greater terms come first: for merge keys that are bytes. */
  readonly isDescending: boolean;
  /** Whether no document's key is smaller than that of one with a smaller number. */
  readonly ascends?: boolean;
  /** The least key that a document of the zone can have; absent where nothing is known. */
  readonly zoneBound?: (zone: number) => number;
}
