import type { SearchRequest } from '@daybook/search-engine';
import type { SourceFilter } from '../json/source-filter.ts';

/** A field whose values are wanted in `fields`, and how to write them. */
export interface FieldRequest {
  /** A name, or a pattern with `*`. */
  readonly pattern: string;
  readonly format?: string;
}

/** A factor for the scores of the indices that an expression names. */
export interface IndexBoost {
  readonly expression: string;
  readonly boost: number;
}

/** A search as the wire asked for it: what the engine is asked, and how its answer is to be written. */
export interface SearchSpecification {
  readonly request: SearchRequest;
  readonly source: SourceFilter;
  readonly fields: readonly FieldRequest[];
  readonly indexBoosts: readonly IndexBoost[];
  readonly version: boolean;
  readonly seqNoPrimaryTerm: boolean;
  /** False leaves the total out; a number caps it. */
  readonly trackTotalHits: boolean | number;
  readonly withIds: boolean;
  readonly pointInTime?: { readonly id: string; readonly keepAliveMs?: number };
}
