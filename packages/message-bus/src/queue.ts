import type { Delivery, DeliveryCounts } from './delivery/delivery.ts';
import { FifoDelivery } from './delivery/fifo-delivery.ts';
import { StandardDelivery } from './delivery/standard-delivery.ts';
import { ExpiringMap } from './expiring-map.ts';
import type { DeduplicatedMessage, QueueDescription } from './journal-event.ts';
import type { ContentPlace, Message, MessageState } from './message.ts';

/**
 * A queue in memory: its messages by sequence number, and once {@link startDelivery} was called (after replay) their delivery.
 * Every change comes from a journal event.
 */
export class Queue {
  description: QueueDescription;
  readonly messages: Map<number, Message> = new Map();
  readonly deduplication: ExpiringMap<DeduplicatedMessage> = new ExpiringMap();
  /** The messages of a receive by its attempt id, so that a repeated attempt gets the same. Lost with the process. */
  readonly attempts: ExpiringMap<readonly string[]> = new ExpiringMap();
  #delivery: Delivery | undefined;

  constructor(description: QueueDescription) {
    this.description = description;
  }

  get id(): number {
    return this.description.id;
  }

  /** Builds the delivery from the messages that replay left. */
  startDelivery(now: number): void {
    this.#delivery = this.description.fifo ? new FifoDelivery() : new StandardDelivery();
    for (const message of this.messages.values()) this.#delivery.add(message, now);
  }

  /** Puts a message where it waits for its commit. At replay it may replace an older record of the same. */
  store(state: MessageState, content: ContentPlace): Message {
    const { sequence, groupId, sentAt, visibleAt, receiveCount, firstReceivedAt, lastReceivedAt } = state;
    const message: Message = {
      sequence,
      groupId,
      sentAt,
      visibleAt,
      receiveCount,
      firstReceivedAt,
      lastReceivedAt,
      content,
      place: 'uncommitted',
      heapSlot: -1,
      next: undefined,
    };
    this.messages.set(sequence, message);
    return message;
  }

  /** Lets a committed message be received. */
  release(message: Message, now: number): void {
    if (message.place === 'uncommitted') this.#delivery?.add(message, now);
  }

  /**
   * Moves up to `max` receivable messages in flight; the caller writes the event for it. Call {@link advance} first, and not again
   * within a request: with a visibility timeout of 0 what was taken would be taken again.
   */
  take(max: number, now: number, visibleAt: number): Message[] {
    return this.#delivery?.take(max, now, visibleAt) ?? [];
  }

  /** Undoes a {@link take} of which nothing was written. */
  putBack(message: Message, now: number): void {
    this.#delivery?.setVisibility(message, now, now);
  }

  markReceived(sequences: readonly number[], at: number, visibleAt: number): void {
    for (const sequence of sequences) {
      const message = this.messages.get(sequence);
      if (message === undefined) continue;
      message.receiveCount++;
      message.firstReceivedAt ??= at;
      message.lastReceivedAt = at;
      message.visibleAt = visibleAt;
    }
  }

  setVisibility(sequences: readonly number[], visibleAt: number, now: number, unread: boolean): void {
    for (const sequence of sequences) {
      const message = this.messages.get(sequence);
      if (message === undefined) continue;
      if (unread) message.receiveCount--;
      if (this.#delivery === undefined) message.visibleAt = visibleAt;
      else if (message.place === 'in-flight') this.#delivery.setVisibility(message, visibleAt, now);
    }
  }

  erase(sequences: readonly number[], now: number): void {
    for (const sequence of sequences) {
      const message = this.messages.get(sequence);
      if (message === undefined) continue;
      this.messages.delete(sequence);
      if (message.place === 'uncommitted') message.place = 'gone';
      else this.#delivery?.remove(message, now);
    }
  }

  /** Erases the messages up to a sequence number. */
  purge(through: number, now: number): void {
    this.erase(
      [...this.messages.keys()].filter((sequence) => sequence <= through),
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
    return this.#delivery?.counts(now) ?? { visible: 0, inFlight: 0, delayed: 0 };
  }
}
