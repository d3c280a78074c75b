import { DeduplicationMap } from './deduplication-map.ts';
import type { Delivery, DeliveryCounts } from './delivery/delivery.ts';
import { FifoDelivery } from './delivery/fifo-delivery.ts';
import { StandardDelivery } from './delivery/standard-delivery.ts';
import { ExpiringMap } from './expiring-map.ts';
import type { QueueDescription } from './journal-event.ts';
import type { ContentPlace, Message, MessageState } from './message.ts';
import { QueueMessages } from './queue-messages.ts';

/** Waiting messages that are objects before the rest goes to the backlog. */
const DEFAULT_READY_MESSAGES = 20_000;

/**
 * A queue in memory: its messages by sequence number, and once {@link startDelivery} was called (after replay) their delivery.
 * Every change comes from a journal event.
 *
 * The delivery knows the messages that are objects. What a group has in a FIFO queue's backlog is younger than they are, so that it
 * stays in order: what would break this brings the backlog forward first.
 */
export class Queue {
  description: QueueDescription;
  readonly messages: QueueMessages = new QueueMessages();
  readonly deduplication: DeduplicationMap = new DeduplicationMap();
  /** The messages of a receive by its attempt id, so that a repeated attempt gets the same. Lost with the process. */
  readonly attempts: ExpiringMap<readonly string[]> = new ExpiringMap();
  readonly #readyMessages: number;
  #delivery: Delivery | undefined;

  constructor(description: QueueDescription, readyMessages: number = DEFAULT_READY_MESSAGES) {
    this.description = description;
    this.#readyMessages = readyMessages;
  }

  get id(): number {
    return this.description.id;
  }

  /** Builds the delivery from the messages that replay left. */
  startDelivery(now: number): void {
    if (this.description.fifo) this.#bringForwardWhatIsOlder();
    this.#delivery = this.description.fifo ? new FifoDelivery() : new StandardDelivery();
    const touched = [...this.messages.values()].sort((a, b) => a.sequence - b.sequence);
    for (const message of touched) this.#delivery.add(message, now);
    this.#refill(now);
  }

  /**
   * Puts a message where it waits for its commit. At replay it goes to the backlog where it can, and may replace an older record of the
   * same.
   */
  store(state: MessageState, content: ContentPlace): Message | undefined {
    const { sequence } = state;
    if (this.#delivery !== undefined) return this.messages.set(state, content);
    if (state.receiveCount === 0 && this.messages.isInBacklog(sequence)) this.messages.moveContent(sequence, content);
    else if (this.messages.get(sequence) !== undefined || !this.messages.toBacklog(state, content))
      return this.messages.set(state, content);
    return undefined;
  }

  /** Lets a committed message be received. */
  release(message: Message, now: number): void {
    if (message.place !== 'uncommitted') return;
    const { sequence, content } = message;
    if (this.#isDeep() && this.messages.isYoungest(sequence) && this.messages.toBacklog(message, content)) return;
    if (this.description.fifo) this.#bringForward(sequence, now);
    this.#delivery?.add(message, now);
  }

  /** A message; one of the backlog is brought forward, with those before it. */
  find(sequence: number, now: number): Message | undefined {
    if (this.messages.isInBacklog(sequence)) this.#bringForward(sequence, now);
    return this.messages.get(sequence);
  }

  /**
   * Moves up to `max` receivable messages in flight; the caller writes the event for it. Call {@link advance} first, and not again
   * within a request: with a visibility timeout of 0 what was taken would be taken again.
   */
  take(max: number, now: number, visibleAt: number): Message[] {
    const delivery = this.#delivery;
    if (delivery === undefined) return [];
    // Before the last of them is taken, so that a receive finds ten messages of a group where there are as many.
    if (delivery.counts(now).visible < this.#readyMessages / 2) this.#refill(now);
    const taken = delivery.take(max, now, visibleAt);
    while (taken.length < max && this.messages.backlog > 0) {
      this.#refill(now);
      taken.push(...delivery.take(max - taken.length, now, visibleAt));
    }
    return taken;
  }

  /** Undoes a {@link take} of which nothing was written. */
  putBack(message: Message, now: number): void {
    this.#delivery?.setVisibility(message, now, now);
  }

  markReceived(sequences: readonly number[], at: number, visibleAt: number): void {
    for (const sequence of sequences) {
      const message = this.#touch(sequence);
      if (message === undefined) continue;
      message.receiveCount++;
      message.firstReceivedAt ??= at;
      message.lastReceivedAt = at;
      message.visibleAt = visibleAt;
    }
  }

  setVisibility(sequences: readonly number[], visibleAt: number, now: number, unread: boolean): void {
    for (const sequence of sequences) {
      const message = this.#touch(sequence);
      if (message === undefined) continue;
      if (unread) message.receiveCount--;
      if (this.#delivery === undefined) message.visibleAt = visibleAt;
      else if (message.place === 'in-flight') this.#delivery.setVisibility(message, visibleAt, now);
    }
  }

  erase(sequences: Iterable<number>, now: number): void {
    for (const sequence of sequences) {
      const message = this.messages.get(sequence);
      this.messages.delete(sequence);
      if (message === undefined) continue;
      if (message.place === 'uncommitted') message.place = 'gone';
      else this.#delivery?.remove(message, now);
    }
  }

  /** Erases the messages up to a sequence number. */
  purge(through: number, now: number): void {
    this.erase(
      this.messages.sequences().filter((sequence) => sequence <= through),
      now,
    );
  }

  /**
   * Forgets what has outlived the retention time, and deduplication that has ended. Looks only as far as the first message that stays:
   * what was moved here from another queue may be older than those before it, and goes with them or when it would be received.
   */
  expire(now: number): void {
    const sentBefore = now - this.description.settings.retentionSeconds * 1000;
    const expired: number[] = [];
    for (const { sequence, sentAt } of this.messages.values()) {
      if (sentAt > sentBefore) break;
      expired.push(sequence);
    }
    this.erase(expired, now);
    for (let oldest = this.messages.oldestOfBacklog(); oldest !== undefined && oldest.sentAt <= sentBefore; ) {
      this.messages.delete(oldest.sequence);
      oldest = this.messages.oldestOfBacklog();
    }
    this.deduplication.expire(now);
    this.attempts.expire(now);
  }

  /** Gives back what has been in flight long enough. */
  advance(now: number): void {
    this.#delivery?.advance(now);
  }

  nextChangeAt(): number | undefined {
    return this.#delivery?.nextChangeAt();
  }

  counts(now: number): DeliveryCounts {
    this.#delivery?.advance(now);
    const { visible, inFlight, delayed } = this.#delivery?.counts(now) ?? { visible: 0, inFlight: 0, delayed: 0 };
    return { visible: visible + this.messages.backlog, inFlight, delayed };
  }

  /** Whether messages that come now belong in the backlog. */
  #isDeep(): boolean {
    return this.messages.backlog > 0 || this.messages.objects > this.#readyMessages;
  }

  /** A message that an event changes. Before the delivery is there one of the backlog may be brought forward alone. */
  #touch(sequence: number): Message | undefined {
    const message = this.messages.get(sequence);
    return message ?? (this.#delivery === undefined ? this.messages.bringForward(sequence) : undefined);
  }

  #refill(now: number): void {
    for (let left = this.#readyMessages; left > 0; left--) {
      const message = this.messages.bringOldestForward();
      if (message === undefined) return;
      this.#delivery?.add(message, now);
    }
  }

  #bringForward(through: number, now: number): void {
    for (;;) {
      const message = this.messages.bringOldestForward(through);
      if (message === undefined) return;
      this.#delivery?.add(message, now);
    }
  }

  /** Brings forward what is older than an object that was never received; before one that was received, its group has nothing older. */
  #bringForwardWhatIsOlder(): void {
    let youngest = 0;
    for (const { sequence, receiveCount } of this.messages.values())
      if (receiveCount === 0) youngest = Math.max(youngest, sequence);
    while (this.messages.bringOldestForward(youngest) !== undefined);
  }
}
