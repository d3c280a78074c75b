import { CHUNK_DOCS } from '../../columns/chunk-docs.ts';
import type { HitOrder, HitSource } from '../../search/hit-source.ts';
import { BY_SCORE, isByScore } from '../../sort/by-score.ts';
import { type Candidate, candidateOf, compareCandidates } from '../../sort/merge-order.ts';
import type { SortKey } from '../../sort/sort-key.ts';
import { TopDocs } from '../../sort/top-docs.ts';
import { finish } from '../../steps/steps.ts';
import type { AggregationResult, TopHitsAggregation } from '../aggregation.ts';
import { aggregationError } from '../aggregation-error.ts';
import type { AggregatedIndex, Aggregator, Collector, Part } from '../aggregator.ts';
import type { DocBatch } from '../doc-batch.ts';

/** The first documents of each bucket, in an order of their own. */
export class TopHitsAggregator implements Aggregator<TopHitsCollector> {
  readonly #request: TopHitsAggregation;
  readonly #keys: readonly SortKey[];
  readonly #hasScores: boolean;

  constructor(request: TopHitsAggregation) {
    this.#request = request;
    this.#keys = isByScore(request.sort) ? BY_SCORE : request.sort;
    this.#hasScores = request.trackScores || this.#keys === BY_SCORE;
    // compat: it is an error, though a search takes it.
    if (request.from + request.size === 0) {
      throw aggregationError(
        'numHits must be > 0; please use TotalHitCountCollector if you just need the total hit count',
      );
    }
  }

  collector({ hits }: AggregatedIndex): TopHitsCollector {
    const { from, size, fetch } = this.#request;
    const order = {
      sources: hits.sortSources(this.#keys),
      hasScores: this.#hasScores,
      fetch: fetch && hits.fetcher(fetch),
    };
    return new TopHitsCollector(hits, order, from + size);
  }

  result(parts: readonly Part<TopHitsCollector>[]): AggregationResult {
    const { from, size, presentation, meta } = this.#request;
    const candidates = parts.flatMap(({ collector, bucket }) =>
      collector.candidates(bucket).map((candidate) => ({ ...candidate, collector })),
    );
    const page = candidates.sort(compareCandidates).slice(from, from + size);
    const maxScore = Math.max(...parts.map(({ collector, bucket }) => collector.maxScore(bucket)));
    return {
      type: 'topHits',
      of: 'topHits',
      total: parts.reduce((sum, { collector, bucket }) => sum + collector.count(bucket), 0),
      maxScore: Number.isFinite(maxScore) ? maxScore : null,
      hits: page.map(({ doc, collector: { hits, order } }) =>
        hits.hit(doc, this.#keys === BY_SCORE ? { ...order, sources: [] } : order),
      ),
      presentation,
      ...(meta === undefined ? {} : { meta }),
    };
  }
}

interface BucketHits {
  readonly first: TopDocs;
  count: number;
  maxScore: number;
}

/** Keeps the first documents of each bucket of one index. */
class TopHitsCollector implements Collector {
  readonly hits: HitSource;
  readonly order: HitOrder;
  readonly #capacity: number;
  readonly #buckets: (BucketHits | undefined)[] = [];

  constructor(hits: HitSource, order: HitOrder, capacity: number) {
    this.hits = hits;
    this.order = order;
    this.#capacity = capacity;
  }

  collect({ chunk, offsets, buckets, count }: DocBatch): void {
    for (let i = 0; i < count; i++) {
      const doc = chunk * CHUNK_DOCS + offsets[i]!;
      const bucket = this.#bucket(buckets[i]!);
      bucket.first.consider(doc);
      bucket.count++;
      if (this.order.hasScores) bucket.maxScore = Math.max(bucket.maxScore, this.hits.score(doc));
    }
  }

  #bucket(number: number): BucketHits {
    let bucket = this.#buckets[number];
    if (bucket === undefined) {
      const first = new TopDocs(this.order.sources, this.#capacity);
      bucket = { first, count: 0, maxScore: Number.NEGATIVE_INFINITY };
      while (this.#buckets.length < number) this.#buckets.push(undefined);
      this.#buckets[number] = bucket;
    }
    return bucket;
  }

  count(bucket: number): number {
    return this.#buckets[bucket]?.count ?? 0;
  }

  /** Negative infinity where hits have no scores. */
  maxScore(bucket: number): number {
    return this.#buckets[bucket]?.maxScore ?? Number.NEGATIVE_INFINITY;
  }

  candidates(bucket: number): readonly Candidate[] {
    const first = this.#buckets[bucket]?.first;
    const docs = first === undefined ? [] : finish(first.sorted());
    return docs.map((doc) => candidateOf(doc, this.order.sources));
  }
}
