import type {
  NumericChunk,
  NumericDocValues,
  OrdinalChunk,
  OrdinalDocValues,
  RangeChunk,
  RangeDocValues,
} from '../columns/doc-values.ts';
import type { BatchBuffers } from './batch-buffers.ts';
import { borrowBuffers, returnBuffers } from './batch-buffers.ts';
import type { DocBatch } from './doc-batch.ts';

/** Numbers of documents beside them; those of one document stand together and ascend. */
export interface NumberBatch extends DocBatch {
  readonly values: Float64Array;
}

/** Ordinals of documents beside them; those of one document stand together. */
export interface OrdinalBatch extends DocBatch {
  readonly ordinals: Uint32Array;
}

type MultiValued = { readonly starts: Uint32Array; readonly counts: Uint32Array };

/** Gathers the numbers of documents. `missing` stands for a document that has none; without it such documents are left out. */
export class NumberGatherer {
  readonly #docValues: NumericDocValues | undefined;
  readonly #missing: number;
  readonly #use: (batch: NumberBatch) => void;

  constructor(docValues: NumericDocValues | undefined, missing: number | undefined, use: (batch: NumberBatch) => void) {
    this.#docValues = docValues;
    this.#missing = missing ?? Number.NaN;
    this.#use = use;
  }

  gather(batch: DocBatch): void {
    const chunk = this.#docValues?.chunk(batch.chunk);
    if (chunk === undefined && Number.isNaN(this.#missing)) return;
    const buffers = borrowBuffers();
    const emit = (count: number): void => {
      const { offsets, buckets, values } = buffers;
      if (count > 0) this.#use({ chunk: batch.chunk, offsets, buckets, values, count });
    };
    if (chunk === undefined) emit(fillMissing(batch, buffers, buffers.values, this.#missing));
    else if (chunk.single) emit(this.#gatherSingle(batch, chunk, buffers));
    else
      gatherMany(
        batch,
        chunk,
        buffers,
        chunk.values,
        buffers.values,
        Number.isNaN(this.#missing) ? undefined : this.#missing,
        emit,
      );
    returnBuffers(buffers);
  }

  #gatherSingle(batch: DocBatch, chunk: NumericChunk & { single: true }, buffers: BatchBuffers): number {
    const { offsets: toOffsets, buckets: toBuckets, values: toValues } = buffers;
    const { offsets, buckets, count } = batch;
    const { values } = chunk;
    const missing = this.#missing;
    const isLeftOut = Number.isNaN(missing);
    let size = 0;
    for (let i = 0; i < count; i++) {
      const offset = offsets[i]!;
      const hasValue = !Number.isNaN(values[offset]!);
      if (!hasValue && isLeftOut) continue;
      toOffsets[size] = offset;
      toBuckets[size] = buckets[i]!;
      // One variable for both would be an object for each number.
      if (hasValue) toValues[size++] = values[offset]!;
      else toValues[size++] = missing;
    }
    return size;
  }
}

/** Gathers the ordinals of documents. `missing` stands for a document that has none; it need not be one of the dictionary. */
export class OrdinalGatherer {
  readonly #docValues: OrdinalDocValues | undefined;
  readonly #missing: number;
  readonly #use: (batch: OrdinalBatch) => void;

  constructor(
    docValues: OrdinalDocValues | undefined,
    missing: number | undefined,
    use: (batch: OrdinalBatch) => void,
  ) {
    this.#docValues = docValues;
    this.#missing = missing ?? 0;
    this.#use = use;
  }

  gather(batch: DocBatch): void {
    const chunk = this.#docValues?.chunk(batch.chunk);
    if (chunk === undefined && this.#missing === 0) return;
    const buffers = borrowBuffers();
    const emit = (count: number): void => {
      const { offsets, buckets, ordinals } = buffers;
      if (count > 0) this.#use({ chunk: batch.chunk, offsets, buckets, ordinals, count });
    };
    if (chunk === undefined) emit(fillMissing(batch, buffers, buffers.ordinals, this.#missing));
    else if (chunk.single) emit(this.#gatherSingle(batch, chunk, buffers));
    else gatherMany(batch, chunk, buffers, chunk.ordinals, buffers.ordinals, this.#missing || undefined, emit);
    returnBuffers(buffers);
  }

  #gatherSingle(batch: DocBatch, chunk: OrdinalChunk & { single: true }, buffers: BatchBuffers): number {
    const { offsets: toOffsets, buckets: toBuckets, ordinals: toOrdinals } = buffers;
    const { offsets, buckets, count } = batch;
    const { ordinals } = chunk;
    const missing = this.#missing;
    let size = 0;
    for (let i = 0; i < count; i++) {
      const offset = offsets[i]!;
      const ordinal = ordinals[offset]! || missing;
      if (ordinal === 0) continue;
      toOffsets[size] = offset;
      toBuckets[size] = buckets[i]!;
      toOrdinals[size++] = ordinal;
    }
    return size;
  }
}

/** Every document gets the one value. */
function fillMissing(batch: DocBatch, buffers: BatchBuffers, to: Float64Array | Uint32Array, missing: number): number {
  buffers.offsets.set(batch.offsets.subarray(0, batch.count));
  buffers.buckets.set(batch.buckets.subarray(0, batch.count));
  to.fill(missing, 0, batch.count);
  return batch.count;
}

/** Emits whenever the buffers are full; the values of one document are never parted, unless they alone are more than the buffers hold. */
function gatherMany(
  { offsets, buckets, count }: DocBatch,
  { starts, counts }: MultiValued,
  { offsets: toOffsets, buckets: toBuckets }: BatchBuffers,
  from: Float64Array | Uint8Array | Uint16Array | Uint32Array,
  to: Float64Array | Uint32Array,
  missing: number | undefined,
  emit: (count: number) => void,
): void {
  let size = 0;
  const add = (offset: number, bucket: number, value: number): void => {
    if (size === toOffsets.length) {
      emit(size);
      size = 0;
    }
    toOffsets[size] = offset;
    toBuckets[size] = bucket;
    to[size++] = value;
  };
  for (let i = 0; i < count; i++) {
    const offset = offsets[i]!;
    const bucket = buckets[i]!;
    const valueCount = counts[offset]!;
    if (size + valueCount > toOffsets.length) {
      emit(size);
      size = 0;
    }
    const start = starts[offset]!;
    for (let at = start; at < start + valueCount; at++) add(offset, bucket, from[at]!);
    if (valueCount === 0 && missing !== undefined) add(offset, bucket, missing);
  }
  emit(size);
}

/** Gathers the documents that have ranges. */
export class RangeGatherer {
  readonly #docValues: RangeDocValues;
  readonly #use: (batch: DocBatch, chunk: RangeChunk) => void;

  constructor(docValues: RangeDocValues, use: (batch: DocBatch, chunk: RangeChunk) => void) {
    this.#docValues = docValues;
    this.#use = use;
  }

  gather({ chunk: index, offsets, buckets, count }: DocBatch): void {
    const chunk = this.#docValues.chunk(index);
    if (chunk === undefined) return;
    const buffers = borrowBuffers();
    let size = 0;
    for (let i = 0; i < count; i++) {
      if (chunk.counts[offsets[i]!] === 0) continue;
      buffers.offsets[size] = offsets[i]!;
      buffers.buckets[size++] = buckets[i]!;
    }
    this.#use({ chunk: index, offsets: buffers.offsets, buckets: buffers.buckets, count: size }, chunk);
    returnBuffers(buffers);
  }
}
