import type { OrdinalDocValues, RangeChunk } from '../../columns/doc-values.ts';
import type { IndexedValue } from '../../mapping/field-values.ts';
import type { AggregationResult, MetricAggregation } from '../aggregation.ts';
import type { AggregatedIndex, Aggregator, Collector, Part } from '../aggregator.ts';
import type { DocBatch } from '../doc-batch.ts';
import type { FieldSource, PlanContext } from '../field-source.ts';
import { numericValues, ordinalValues, rangeValues, resolveField } from '../field-source.ts';
import { NumberGatherer, OrdinalGatherer, RangeGatherer } from '../value-batch.ts';
import { DistinctValues } from './distinct-values.ts';

/** How many different values there are; exact. All ranges of a document are one value. */
export class CardinalityAggregator implements Aggregator<CardinalityCollector> {
  readonly #request: MetricAggregation;
  readonly #source: FieldSource;

  constructor(request: MetricAggregation, context: PlanContext) {
    this.#request = request;
    this.#source = resolveField(request, context, {
      name: 'cardinality',
      numbersOnly: false,
      takesRanges: true,
    });
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
  readonly #gatherer: NumberGatherer | OrdinalGatherer | RangeGatherer;
  readonly #ordinals: OrdinalDocValues | undefined;
  readonly #missing: IndexedValue | undefined;
  readonly #missingOrdinal: number;
  /** The ranges of documents, numbered as they come. */
  readonly #rangeNumbers = new Map<string, number>();
  /** Numbers, ordinals, or numbers of ranges. */
  readonly #seen: DistinctValues;

  constructor(source: FieldSource, index: AggregatedIndex) {
    const { missing } = source;
    this.#missing = missing;
    this.#ordinals = ordinalValues(source, index);
    const ranges = rangeValues(source, index);
    this.#seen = new DistinctValues(this.#ordinals && this.#ordinals.dictionary.size + 2);
    const isString = this.#ordinals !== undefined || typeof missing === 'string';
    const known = missing === undefined ? 0 : (this.#ordinals?.dictionary.ordinal(String(missing)) ?? 0);
    this.#missingOrdinal = missing === undefined ? 0 : known || (this.#ordinals?.dictionary.size ?? 0) + 1;
    if (ranges !== undefined) {
      this.#gatherer = new RangeGatherer(ranges, (batch, chunk) =>
        this.#seen.add(batch, this.#numbersOf(batch, chunk)),
      );
    } else
      this.#gatherer = isString
        ? new OrdinalGatherer(this.#ordinals, this.#missingOrdinal || undefined, (batch) =>
            this.#seen.add(batch, batch.ordinals),
          )
        : new NumberGatherer(numericValues(source, index), missing as number | undefined, (batch) =>
            this.#seen.add(batch, batch.values),
          );
  }

  #numbersOf({ offsets, count }: DocBatch, { starts, counts, words }: RangeChunk): Uint32Array {
    const numbers = new Uint32Array(count);
    for (let i = 0; i < count; i++) {
      const start = starts[offsets[i]!]!;
      const ranges = words.subarray(start, start + counts[offsets[i]!]!).join();
      const number = this.#rangeNumbers.get(ranges) ?? this.#rangeNumbers.size;
      this.#rangeNumbers.set(ranges, number);
      numbers[i] = number;
    }
    return numbers;
  }

  collect(batch: DocBatch): void {
    this.#gatherer.gather(batch);
  }

  size(bucket: number): number {
    return this.#seen.size(bucket);
  }

  *values(bucket: number): Iterable<IndexedValue> {
    if (this.#gatherer instanceof RangeGatherer) {
      const ranges = [...this.#rangeNumbers.keys()];
      for (const number of this.#seen.values(bucket)) yield ranges[number]!;
      return;
    }
    const isString = this.#gatherer instanceof OrdinalGatherer;
    for (const value of this.#seen.values(bucket)) {
      if (!isString) yield value;
      else if (value === this.#missingOrdinal) yield String(this.#missing);
      else yield this.#ordinals!.dictionary.term(value);
    }
  }
}
