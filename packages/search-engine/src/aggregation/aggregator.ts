import type { DocSet } from '../columns/doc-set.ts';
import type { DocReader } from '../columns/doc-values.ts';
import type { Mapping } from '../mapping/mapping.ts';
import type { Query } from '../query/query.ts';
import type { HitSource } from '../search/hit-source.ts';
import type { Steps } from '../steps/steps.ts';
import type { TimeLimit } from '../steps/time-limit.ts';
import type { AggregationResult } from './aggregation.ts';
import type { DocBatch } from './doc-batch.ts';
import type { PendingBatches } from './pending-batches.ts';
import type { ResultBuilder } from './result-builder.ts';
import type { ValuePages } from './value-pages.ts';

/** One index of a search, as aggregations are asked over it. */
export interface SearchedIndex {
  readonly mapping: Mapping;
  readonly reader: DocReader;
  /** The documents that the query found. */
  readonly matches: DocSet;
  readonly hits: HitSource;
}

/** One index as collectors see it. */
export interface AggregatedIndex extends SearchedIndex {
  /** What waits to be handed on to collectors below others. */
  readonly pending: PendingBatches;
  /** After which no more documents are counted. */
  readonly limit: TimeLimit;
  /** Given back once the results are made. */
  readonly pages: ValuePages;
  /** The live documents of each filter of the request. */
  readonly filtered: ReadonlyMap<Query, DocSet>;
}

/** What one aggregation gathers from one index. */
export interface Collector {
  collect(batch: DocBatch): void;
  /** Collects a whole set into the root where that costs less than document by document; false where it did nothing. */
  collectSet?(docs: DocSet): Steps<boolean>;
}

/** What a collector holds for one bucket above. A bucket may have parts in several indices, or none. */
export interface Part<C extends Collector = Collector> {
  readonly collector: C;
  readonly bucket: number;
}

/** One aggregation of the request, planned. */
export interface Aggregator<C extends Collector = Collector> {
  collector(index: AggregatedIndex): C;
  /**
   * The merged result of the parts, in steps where there may be many buckets; without any parts it is what an empty bucket shows. What stands below
   * its buckets is filled in later.
   */
  result(parts: readonly Part<C>[], results: ResultBuilder): AggregationResult | Steps<AggregationResult>;
}
