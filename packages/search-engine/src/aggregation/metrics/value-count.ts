import type { AggregationResult, MetricAggregation } from '../aggregation.ts';
import type { AggregatedIndex, Aggregator, Collector, Part } from '../aggregator.ts';
import type { DocBatch } from '../doc-batch.ts';
import type { FieldSource, PlanContext } from '../field-source.ts';
import { numericValues, ordinalValues, rangeValues, resolveField } from '../field-source.ts';
import { grownCounters } from '../growable.ts';
import { NumberGatherer, OrdinalGatherer, RangeGatherer } from '../value-batch.ts';

/** How many values the documents have, of any type; all ranges of a document are one. */
export class ValueCountAggregator implements Aggregator<ValueCountCollector> {
  readonly #request: MetricAggregation;
  readonly #source: FieldSource;

  constructor(request: MetricAggregation, context: PlanContext) {
    this.#request = request;
    this.#source = resolveField(request, context, {
      name: 'value_count',
      numbersOnly: false,
      takesRanges: true,
    });
  }

  collector(index: AggregatedIndex): ValueCountCollector {
    return new ValueCountCollector(this.#source, index);
  }

  result(parts: readonly Part<ValueCountCollector>[]): AggregationResult {
    const { meta } = this.#request;
    const value = parts.reduce((sum, { collector, bucket }) => sum + collector.count(bucket), 0);
    return { type: 'metric', of: 'valueCount', value, ...(meta === undefined ? {} : { meta }) };
  }
}

class ValueCountCollector implements Collector {
  readonly #gatherer: NumberGatherer | OrdinalGatherer | RangeGatherer;
  #counts: Uint32Array = new Uint32Array(0);

  constructor(source: FieldSource, index: AggregatedIndex) {
    const hasMissing = source.missing !== undefined;
    const ordinals = ordinalValues(source, index);
    const ranges = rangeValues(source, index);
    const add = (batch: DocBatch): void => this.#add(batch);
    if (ranges !== undefined) {
      this.#gatherer = new RangeGatherer(ranges, add);
    } else
      this.#gatherer =
        ordinals === undefined
          ? new NumberGatherer(numericValues(source, index), hasMissing ? 0 : undefined, add)
          : new OrdinalGatherer(ordinals, hasMissing ? 1 : undefined, add);
  }

  collect(batch: DocBatch): void {
    this.#gatherer.gather(batch);
  }

  #add({ buckets, count }: DocBatch): void {
    for (let i = 0; i < count; i++) {
      const bucket = buckets[i]!;
      if (bucket >= this.#counts.length) this.#counts = grownCounters(this.#counts, bucket);
      this.#counts[bucket]!++;
    }
  }

  count(bucket: number): number {
    return this.#counts[bucket] ?? 0;
  }
}
