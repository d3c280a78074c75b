import { IndexedHeap } from '../indexed-heap.ts';
import type { Message } from '../message.ts';
import { type Delivery, type DeliveryCounts, isInFlight } from './delivery.ts';

/** Delivery of a standard queue: oldest first, as far as visibility lets it. */
export class StandardDelivery implements Delivery {
  readonly #ready = new IndexedHeap<Message>((a, b) => a.sequence < b.sequence);
  readonly #delayed = new IndexedHeap<Message>((a, b) => a.visibleAt < b.visibleAt);
  readonly #inFlight = new IndexedHeap<Message>((a, b) => a.visibleAt < b.visibleAt);

  add(message: Message, now: number): void {
    if (isInFlight(message, now)) this.#hold(message);
    else this.#wait(message, now);
  }

  take(max: number, _now: number, visibleAt: number): Message[] {
    const taken: Message[] = [];
    while (taken.length < max) {
      const message = this.#ready.pop();
      if (message === undefined) break;
      message.visibleAt = visibleAt;
      this.#hold(message);
      taken.push(message);
    }
    return taken;
  }

  setVisibility(message: Message, visibleAt: number, now: number): void {
    this.#inFlight.remove(message);
    message.visibleAt = visibleAt;
    if (visibleAt > now) this.#hold(message);
    else this.#wait(message, now);
  }

  remove(message: Message): void {
    const removed = this.#inFlight.remove(message) || this.#ready.remove(message) || this.#delayed.remove(message);
    if (removed) message.place = 'gone';
  }

  advance(now: number): void {
    for (const heap of [this.#inFlight, this.#delayed]) {
      for (let next = heap.peek(); next !== undefined && next.visibleAt <= now; next = heap.peek()) {
        heap.pop();
        this.#wait(next, now);
      }
    }
  }

  nextChangeAt(): number | undefined {
    const next = Math.min(this.#inFlight.peek()?.visibleAt ?? Infinity, this.#delayed.peek()?.visibleAt ?? Infinity);
    return next === Infinity ? undefined : next;
  }

  counts(): DeliveryCounts {
    return { visible: this.#ready.size, inFlight: this.#inFlight.size, delayed: this.#delayed.size };
  }

  #hold(message: Message): void {
    message.place = 'in-flight';
    this.#inFlight.push(message);
  }

  #wait(message: Message, now: number): void {
    message.place = 'waiting';
    if (message.visibleAt > now) this.#delayed.push(message);
    else this.#ready.push(message);
  }
}
