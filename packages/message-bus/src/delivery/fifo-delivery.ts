import { IndexedHeap } from '../indexed-heap.ts';
import type { Message } from '../message.ts';
import { type Delivery, type DeliveryCounts, isInFlight } from './delivery.ts';
import { MessageGroup } from './message-group.ts';

const headSequence = (group: MessageGroup): number => group.first?.sequence ?? Infinity;
const headVisibleAt = (group: MessageGroup): number => group.first?.visibleAt ?? Infinity;

/**
 * Delivery of a FIFO queue. A message group is receivable while none of its messages is in flight and its first one's delay is over.
 * It is in `#ready` or `#delayed` by the first of its waiting messages, or in neither while it is locked by messages in flight. A
 * receive takes from the group whose first message is the oldest as much as it may, then from the next.
 */
export class FifoDelivery implements Delivery {
  readonly #groups = new Map<string, MessageGroup>();
  readonly #ready = new IndexedHeap<MessageGroup>((a, b) => headSequence(a) < headSequence(b));
  readonly #delayed = new IndexedHeap<MessageGroup>((a, b) => headVisibleAt(a) < headVisibleAt(b));
  readonly #inFlight = new IndexedHeap<Message>((a, b) => a.visibleAt < b.visibleAt);
  #waiting = 0;
  /** Messages that wait in groups of `#delayed`. */
  #delayedMessages = 0;

  add(message: Message, now: number): void {
    const group = this.#groupOf(message);
    this.#unplace(group);
    if (isInFlight(message, now)) this.#hold(message, group);
    else this.#wait(message, group);
    this.#place(group, now);
  }

  take(max: number, now: number, visibleAt: number): Message[] {
    const taken: Message[] = [];
    while (taken.length < max) {
      const group = this.#ready.pop();
      if (group === undefined) break;
      for (let head = group.first; head !== undefined && taken.length < max; head = group.first) {
        if (head.visibleAt > now) break;
        group.remove(head);
        this.#waiting--;
        head.visibleAt = visibleAt;
        this.#hold(head, group);
        taken.push(head);
      }
    }
    return taken;
  }

  setVisibility(message: Message, visibleAt: number, now: number): void {
    const group = this.#groupOf(message);
    if (this.#inFlight.remove(message)) group.inFlight--;
    message.visibleAt = visibleAt;
    if (visibleAt > now) this.#hold(message, group);
    else this.#wait(message, group);
    this.#place(group, now);
  }

  remove(message: Message, now: number): void {
    const group = this.#groupOf(message);
    this.#unplace(group);
    if (message.place === 'in-flight' && this.#inFlight.remove(message)) group.inFlight--;
    else if (message.place === 'waiting') {
      group.remove(message);
      this.#waiting--;
    }
    message.place = 'gone';
    this.#place(group, now);
  }

  advance(now: number): void {
    for (let next = this.#inFlight.peek(); next !== undefined && next.visibleAt <= now; next = this.#inFlight.peek()) {
      this.setVisibility(next, next.visibleAt, now);
    }
    for (
      let next = this.#delayed.peek();
      next !== undefined && headVisibleAt(next) <= now;
      next = this.#delayed.peek()
    ) {
      this.#unplace(next);
      this.#ready.push(next);
    }
  }

  nextChangeAt(): number | undefined {
    const delayed = this.#delayed.peek();
    const next = Math.min(
      this.#inFlight.peek()?.visibleAt ?? Infinity,
      delayed === undefined ? Infinity : headVisibleAt(delayed),
    );
    return next === Infinity ? undefined : next;
  }

  counts(): DeliveryCounts {
    const delayed = this.#delayedMessages;
    return { visible: this.#waiting - delayed, inFlight: this.#inFlight.size, delayed };
  }

  #groupOf(message: Message): MessageGroup {
    const id = message.groupId ?? '';
    let group = this.#groups.get(id);
    if (group === undefined) {
      group = new MessageGroup(id);
      this.#groups.set(id, group);
    }
    return group;
  }

  #hold(message: Message, group: MessageGroup): void {
    message.place = 'in-flight';
    group.inFlight++;
    this.#inFlight.push(message);
  }

  #wait(message: Message, group: MessageGroup): void {
    message.place = 'waiting';
    group.add(message);
    this.#waiting++;
  }

  /** Takes a group out of its heap before its first message changes. */
  #unplace(group: MessageGroup): void {
    if (!this.#ready.remove(group) && this.#delayed.remove(group)) this.#delayedMessages -= group.size;
  }

  #place(group: MessageGroup, now: number): void {
    if (group.inFlight > 0) return;
    if (group.size === 0) this.#groups.delete(group.id);
    else if (headVisibleAt(group) <= now) this.#ready.push(group);
    else {
      this.#delayed.push(group);
      this.#delayedMessages += group.size;
    }
  }
}
