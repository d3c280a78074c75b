import type { Message } from '../message.ts';

/** How many messages are where. */
export interface DeliveryCounts {
  readonly visible: number;
  readonly inFlight: number;
  readonly delayed: number;
}

/**
 * The order in which a queue's messages are received. Holds nothing durable: it is built from the messages when a queue is opened.
 * No operation costs more than the logarithm of the messages, per message that it moves.
 */
export interface Delivery {
  /** Takes up a message: in flight if it was received and its time has not come, else waiting. */
  add(message: Message, now: number): void;
  /** Moves up to `max` receivable messages in flight until `visibleAt`, in their order. Call {@link advance} first. */
  take(max: number, now: number, visibleAt: number): Message[];
  /** Sets the time at which a message in flight becomes visible again; a time that has come gives it back. */
  setVisibility(message: Message, visibleAt: number, now: number): void;
  remove(message: Message, now: number): void;
  /** Gives back what has been in flight long enough, and lets in what was delayed. */
  advance(now: number): void;
  /** When {@link advance} will next change something. */
  nextChangeAt(): number | undefined;
  counts(now: number): DeliveryCounts;
}

/** Whether a message is in flight by its record. */
export function isInFlight(message: Message, now: number): boolean {
  return message.receiveCount > 0 && message.visibleAt > now;
}
