import type { OrdinalDocValues } from '../../columns/doc-values.ts';
import type { IndexedValue } from '../../mapping/field-values.ts';
import type { AggregationResult, MetricAggregation } from '../aggregation.ts';
import type { AggregatedIndex, Aggregator, Collector, DocBatch, Part } from '../aggregator.ts';
import type { FieldSource, PlanContext } from '../field-source.ts';
import { numericValues, ordinalValues, resolveField } from '../field-source.ts';
import { NumberGatherer, OrdinalGatherer } from '../value-batch.ts';

/** How many different values there are; exact. */
export class CardinalityAggregator implements Aggregator<CardinalityCollector> {
  readonly #request: MetricAggregation;
  readonly #source: FieldSource;

  constructor(request: MetricAggregation, context: PlanContext) {
    this.#request = request;
    this.#source = resolveField(request, context, { name: 'cardinality', numbersOnly: false });
  }

  collector(index: AggregatedIndex): CardinalityCollector {
    return new CardinalityCollector(this.#source, index);
  }

  result(parts: readonly Part<CardinalityCollector>[]): AggregationResult {
    const { meta } = this.#request;
    return { type: 'metric', of: 'cardinality', value: distinct(parts), ...(meta === undefined ? {} : { meta }) };
  }
}

function distinct(parts: readonly Part<CardinalityCollector>[]): number {
  if (parts.length === 1) return parts[0]!.collector.size(parts[0]!.bucket);
  const merged = new Set<IndexedValue>();
  for (const { collector, bucket } of parts) for (const value of collector.values(bucket)) merged.add(value);
  return merged.size;
}

class CardinalityCollector implements Collector {
  readonly #gatherer: NumberGatherer | OrdinalGatherer;
  readonly #ordinals: OrdinalDocValues | undefined;
  readonly #missing: IndexedValue | undefined;
  readonly #missingOrdinal: number;
  /** Numbers or ordinals by bucket. */
  readonly #seen = new Map<number, Set<number>>();

  constructor(source: FieldSource, index: AggregatedIndex) {
    const { missing } = source;
    this.#missing = missing;
    this.#ordinals = ordinalValues(source, index);
    const isString = this.#ordinals !== undefined || typeof missing === 'string';
    const known = missing === undefined ? 0 : (this.#ordinals?.dictionary.ordinal(String(missing)) ?? 0);
    this.#missingOrdinal = missing === undefined ? 0 : known || (this.#ordinals?.dictionary.size ?? 0) + 1;
    this.#gatherer = isString
      ? new OrdinalGatherer(this.#ordinals, this.#missingOrdinal || undefined, (batch) =>
          this.#add(batch, batch.ordinals),
        )
      : new NumberGatherer(numericValues(source, index), missing as number | undefined, (batch) =>
          this.#add(batch, batch.values),
        );
  }

  collect(batch: DocBatch): void {
    this.#gatherer.gather(batch);
  }

  #add({ buckets, count }: DocBatch, values: Float64Array | Uint32Array): void {
    let lastBucket = -1;
    let set: Set<number> | undefined;
    for (let i = 0; i < count; i++) {
      const bucket = buckets[i]!;
      if (set === undefined || bucket !== lastBucket) {
        set = this.#seen.get(bucket) ?? new Set();
        this.#seen.set(bucket, set);
        lastBucket = bucket;
      }
      set.add(values[i]!);
    }
  }

  size(bucket: number): number {
    return this.#seen.get(bucket)?.size ?? 0;
  }

  *values(bucket: number): Iterable<IndexedValue> {
    const isString = this.#gatherer instanceof OrdinalGatherer;
    for (const value of this.#seen.get(bucket) ?? []) {
      if (!isString) yield value;
      else if (value === this.#missingOrdinal) yield String(this.#missing);
      else yield this.#ordinals!.dictionary.term(value);
    }
  }
}
