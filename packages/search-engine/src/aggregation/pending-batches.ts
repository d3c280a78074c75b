import type { StepSize } from '../steps/step-size.ts';
import type { Steps } from '../steps/steps.ts';
import type { DocBatch } from './doc-batch.ts';

/** Who is handed a batch. */
export interface BatchReceiver {
  /** How many documents of a batch that waited it is handed at once. */
  readonly step: StepSize;
  collect(batch: DocBatch): void;
}

interface Pending {
  readonly receiver: BatchReceiver;
  readonly batch: DocBatch;
  /** How many of its documents have been handed on. */
  done: number;
}

/**
 * Batches on their way down. A document in many buckets is many documents of the batch below: one of a thousand values, by three aggregations of that
 * field below each other, a thousand million. A batch that has not grown is handed on at once; one that has waits, and is handed on in steps, before
 * anything that comes after it.
 */
export class PendingBatches {
  /** The next one is the last. */
  readonly #waiting: Pending[] = [];
  /** Of the step that is taken. */
  readonly #new: Pending[] = [];
  #stepDocs = 0;

  /** What is handed on in a step that begins with so many documents. */
  beginStep(docs: number): void {
    this.#stepDocs = docs;
  }

  handOn(receiver: BatchReceiver, batch: DocBatch): void {
    if (batch.count <= this.#stepDocs && this.#new.length === 0) {
      receiver.collect(batch);
      return;
    }
    const { offsets, buckets, count } = batch;
    const copy = { ...batch, offsets: offsets.slice(0, count), buckets: buckets.slice(0, count) };
    this.#new.push({ receiver, batch: copy, done: 0 });
  }

  /** Hands on whatever waits. */
  *finish(): Steps<void> {
    for (;;) {
      while (this.#new.length > 0) this.#waiting.push(this.#new.pop()!);
      const next = this.#waiting.at(-1);
      if (next === undefined) return;
      const { receiver, batch, done } = next;
      const end = Math.min(batch.count, done + receiver.step.items);
      if (end === batch.count) this.#waiting.pop();
      next.done = end;
      this.beginStep(end - done);
      receiver.step.take(() =>
        receiver.collect({
          ...batch,
          offsets: batch.offsets.subarray(done, end),
          buckets: batch.buckets.subarray(done, end),
          count: end - done,
        }),
      );
      yield;
    }
  }
}
