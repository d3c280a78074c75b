import { CHUNK_DOCS } from '../columns/chunk-docs.ts';
import { StepSize } from '../steps/step-size.ts';
import type { Steps } from '../steps/steps.ts';
import type { AggregationResults } from './aggregation.ts';
import type { AggregatedIndex, Aggregator, Collector, Part } from './aggregator.ts';
import type { BatchBuffers } from './batch-buffers.ts';
import { borrowBuffers, returnBuffers } from './batch-buffers.ts';
import type { DocBatch } from './doc-batch.ts';
import { NamedResults, NO_RESULTS } from './named-results.ts';
import type { BatchReceiver, PendingBatches } from './pending-batches.ts';
import type { ResultBuilder } from './result-builder.ts';

/** The aggregations below a bucket, by name. */
export type SubAggregators = ReadonlyMap<string, Aggregator>;

/** Of a batch that has waited: one may fall into millions of buckets below. */
const STEP_DOCS = { first: 1, least: 1, most: CHUNK_DOCS };

/** A collector whose buckets have aggregations below them. */
export interface BucketCollector extends Collector {
  readonly feed: SubFeed;
}

/** Hands documents on to the collectors below, with the buckets they fell into. Cheap when there are none. */
export class SubFeed implements BatchReceiver {
  readonly collectors: ReadonlyMap<string, Collector>;
  readonly isEmpty: boolean;
  readonly step: StepSize = new StepSize(STEP_DOCS);
  readonly #pending: PendingBatches;
  #buffers: BatchBuffers | undefined;
  #chunk = 0;
  #count = 0;

  constructor(below: SubAggregators, index: AggregatedIndex) {
    this.collectors = new Map([...below].map(([name, aggregator]) => [name, aggregator.collector(index)]));
    this.isEmpty = below.size === 0;
    this.#pending = index.pending;
  }

  /** Documents of one chunk are pushed in their order, then {@link SubFeed.flush} is called. */
  push(chunk: number, offset: number, bucket: number): void {
    if (this.isEmpty) return;
    if (this.#count === CHUNK_DOCS) this.flush();
    this.#buffers ??= borrowBuffers();
    this.#chunk = chunk;
    this.#buffers.offsets[this.#count] = offset;
    this.#buffers.buckets[this.#count++] = bucket;
  }

  /** Hands a batch on whose buckets are the collector's own. */
  forward(batch: DocBatch): void {
    if (!this.isEmpty) this.#pending.handOn(this, batch);
  }

  /** What {@link PendingBatches} hands on. */
  collect(batch: DocBatch): void {
    for (const collector of this.collectors.values()) collector.collect(batch);
  }

  flush(): void {
    const buffers = this.#buffers;
    if (buffers === undefined) return;
    const { offsets, buckets } = buffers;
    this.forward({ chunk: this.#chunk, offsets, buckets, count: this.#count });
    this.#count = 0;
    this.#buffers = undefined;
    returnBuffers(buffers);
  }
}

/** The results below a bucket that has these parts, which are filled in later. */
export function subResults(
  below: SubAggregators,
  parts: readonly Part<BucketCollector>[],
  results: ResultBuilder,
): AggregationResults {
  if (below.size === 0) return NO_RESULTS;
  const filled = new NamedResults();
  results.later(fillIn(filled, below, parts, results));
  return filled;
}

function* fillIn(
  filled: Record<string, AggregationResults[string]>,
  below: SubAggregators,
  parts: readonly Part<BucketCollector>[],
  results: ResultBuilder,
): Steps<void> {
  for (const [name, aggregator] of below) {
    // Not by `resultOf`, which makes a generator: there may be thousands of buckets whose results take no steps.
    const result = aggregator.result(subParts(name, parts), results);
    filled[name] = 'next' in result ? yield* result : result;
  }
}

/** The parts of one aggregation below a bucket that has these parts. */
export function subParts(name: string, parts: readonly Part<BucketCollector>[]): readonly Part[] {
  return parts.map(({ collector, bucket }) => ({ collector: collector.feed.collectors.get(name)!, bucket }));
}
