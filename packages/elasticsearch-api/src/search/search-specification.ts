import type { FieldValuesRequest, HighlightField, Query, SearchRequest } from '@daybook/search-engine';
import type { SourceFilter } from '../json/source-filter.ts';

/** A factor for the scores of the indices that an expression names. */
export interface IndexBoost {
  readonly expression: string;
  readonly boost: number;
}

/** A search within the group of a collapsed hit; its query is that of the search around it. */
export interface InnerHits {
  readonly name: string;
  readonly specification: SearchSpecification;
}

/** A search as the wire asked for it: what the engine is asked, and how its answer is to be written. */
export interface SearchSpecification {
  readonly request: SearchRequest;
  readonly source: SourceFilter;
  /** Whether the request speaks of the source at all. */
  readonly isSourceRequested: boolean;
  readonly docValueFields: readonly FieldValuesRequest[];
  readonly fields: readonly FieldValuesRequest[];
  readonly storedFields: readonly string[];
  readonly highlight: readonly HighlightField[];
  /** The part of the documents that a scroll is to give. */
  readonly slice?: Query & { readonly type: 'slice' };
  /** What else stands in the group of a collapsed hit. */
  readonly innerHits: readonly InnerHits[];
  readonly indexBoosts: readonly IndexBoost[];
  readonly explain: boolean;
  readonly version: boolean;
  readonly seqNoPrimaryTerm: boolean;
  /** False leaves the total out; a number caps it. */
  readonly trackTotalHits: boolean | number;
  readonly withIds: boolean;
  /** Names under which the search is counted. */
  readonly statisticsGroups: readonly string[];
  readonly pointInTime?: { readonly id: string; readonly keepAliveMs?: number };
}
