import { CHUNK_MASK, CHUNK_SHIFT } from '../../columns/doc-set.ts';
import type { NumericDocValues } from '../../columns/doc-values.ts';
import type { AggregationResult, WeightedAvgAggregation } from '../aggregation.ts';
import { aggregationError } from '../aggregation-error.ts';
import type { AggregatedIndex, Aggregator, Collector, Part } from '../aggregator.ts';
import { BucketCells } from '../bucket-cells.ts';
import { decimalFormatter } from '../decimal-format.ts';
import type { DocBatch } from '../doc-batch.ts';
import { type FieldSource, numericValues, type PlanContext, resolveField } from '../field-source.ts';

/** The average of values that count as often as their document's weight says. */
export class WeightedAvgAggregator implements Aggregator<WeightedAvgCollector> {
  readonly #request: WeightedAvgAggregation;
  readonly #value: FieldSource;
  readonly #weight: FieldSource;

  constructor(request: WeightedAvgAggregation, context: PlanContext) {
    const aggregation = { name: 'weighted_avg', numbersOnly: true };
    this.#request = request;
    this.#value = resolveField(request.value, context, aggregation);
    this.#weight = resolveField(request.weight, context, aggregation);
  }

  collector(index: AggregatedIndex): WeightedAvgCollector {
    return new WeightedAvgCollector(reader(this.#value, index), reader(this.#weight, index));
  }

  result(parts: readonly Part<WeightedAvgCollector>[]): AggregationResult {
    const { format, meta } = this.#request;
    let sum = 0;
    let weights = 0;
    for (const { collector, bucket } of parts) {
      collector.checkWeights(bucket);
      sum += collector.sums.get(bucket, 0);
      weights += collector.sums.get(bucket, 1);
    }
    const value = weights === 0 ? null : sum / weights;
    return {
      type: 'metric',
      of: 'weightedAvg',
      value,
      ...(format === undefined || value === null ? {} : { valueAsString: decimalFormatter(format)(value) }),
      ...(meta === undefined ? {} : { meta }),
    };
  }
}

type Reader = (doc: number) => ArrayLike<number>;

function reader(source: FieldSource, index: AggregatedIndex): Reader {
  const docValues = numericValues(source, index);
  const missing = source.missing === undefined ? [] : [Number(source.missing)];
  return (doc) => {
    const found = valuesAt(docValues, doc);
    return found.length === 0 ? missing : found;
  };
}

function valuesAt(docValues: NumericDocValues | undefined, doc: number): ArrayLike<number> {
  const chunk = docValues?.chunk(doc >>> CHUNK_SHIFT);
  if (chunk === undefined) return [];
  const offset = doc & CHUNK_MASK;
  if (!chunk.single) return chunk.values.subarray(chunk.starts[offset]!, chunk.starts[offset]! + chunk.counts[offset]!);
  const value = chunk.values[offset]!;
  return Number.isNaN(value) ? [] : [value];
}

class WeightedAvgCollector implements Collector {
  /** For each bucket the weighted sum, and the sum of weights. */
  readonly sums: BucketCells = new BucketCells(2);
  /** Buckets that have a document of several weights. */
  readonly #ambiguous: Set<number> = new Set();
  readonly #values: Reader;
  readonly #weights: Reader;

  constructor(values: Reader, weights: Reader) {
    this.#values = values;
    this.#weights = weights;
  }

  /** Refuses a bucket with a document of several weights. compat: only where it is shown, as the best terms are often found first. */
  checkWeights(bucket: number): void {
    if (!this.#ambiguous.has(bucket)) return;
    throw aggregationError(
      'Encountered more than one weight for a single document. Use a script to combine multiple weights-per-doc into a single value.',
      'aggregation_execution_exception',
    );
  }

  collect({ chunk, offsets, buckets, count }: DocBatch): void {
    for (let i = 0; i < count; i++) {
      const doc = chunk * (1 << CHUNK_SHIFT) + offsets[i]!;
      const weights = this.#weights(doc);
      const values = this.#values(doc);
      if (weights.length === 0 || values.length === 0) continue;
      const bucket = buckets[i]!;
      if (weights.length > 1) this.#ambiguous.add(bucket);
      const sums = this.sums.page(bucket);
      const at = this.sums.start(bucket);
      for (let j = 0; j < values.length; j++) {
        sums[at]! += values[j]! * weights[0]!;
        sums[at + 1]! += weights[0]!;
      }
    }
  }
}
