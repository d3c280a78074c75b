import type { BusCore } from '../bus-core.ts';
import { busError } from '../bus-error.ts';
import type { JournalEvent } from '../journal-event.ts';
import type { Message } from '../message.ts';
import type { Queue } from '../queue.ts';
import { checkRange, MAX_VISIBILITY_SECONDS } from '../queue-settings.ts';
import { parseReceiptHandle, type ReceiptHandle } from '../receipt-handle.ts';
import { eachOutcome, type Outcome } from './outcome.ts';

/** A received message and how long it shall stay invisible from now; 0 gives it back. */
export interface VisibilityChange {
  readonly receiptHandle: string;
  readonly visibilityTimeoutSeconds: number;
}

/** Ends received messages, all in one record. What is gone already is a success. */
export async function deleteMessages(
  core: BusCore,
  queueName: string,
  receiptHandles: readonly string[],
): Promise<readonly Outcome<void>[]> {
  const queue = core.requireQueue(queueName);
  queue.advance(core.now());
  const sequences: number[] = [];
  const outcomes = eachOutcome(receiptHandles, (text): void => {
    const handle = parseReceiptHandle(text, queue.id);
    const message = queue.find(handle.sequence, core.now());
    if (message !== undefined && mayDelete(queue, message, handle)) sequences.push(handle.sequence);
  });
  await core.commit(sequences.length === 0 ? [] : [{ type: 'deleted', queue: queue.id, sequences }]);
  core.onChange(queue);
  return outcomes;
}

/** A standard queue ignores a handle that a later receive made stale; a FIFO queue refuses it, as it does one that has expired. */
function mayDelete(queue: Queue, message: Message, handle: ReceiptHandle): boolean {
  if (handle.receiveCount === message.receiveCount && (message.place === 'in-flight' || !queue.description.fifo))
    return true;
  // The record of the receive was lost in a crash, and nobody has received the message since.
  if (handle.receiveCount > message.receiveCount && message.place === 'waiting') return true;
  if (!queue.description.fifo) return false;
  throw busError(
    'receipt-handle-expired',
    'Value for parameter ReceiptHandle is invalid. Reason: The receipt handle has expired.',
  );
}

/** Changes how long received messages stay invisible, all in one record. */
export async function changeVisibility(
  core: BusCore,
  queueName: string,
  changes: readonly VisibilityChange[],
): Promise<readonly Outcome<void>[]> {
  const queue = core.requireQueue(queueName);
  const now = core.now();
  queue.advance(now);
  const events: JournalEvent[] = [];
  const outcomes = eachOutcome(changes, ({ receiptHandle, visibilityTimeoutSeconds }): void => {
    checkRange('VisibilityTimeout', visibilityTimeoutSeconds, 0, MAX_VISIBILITY_SECONDS);
    const message = requireInFlight(queue, parseReceiptHandle(receiptHandle, queue.id), now);
    const visibleAt = now + visibilityTimeoutSeconds * 1000;
    if (visibleAt - (message.lastReceivedAt ?? now) > MAX_VISIBILITY_SECONDS * 1000) {
      throw busError(
        'value',
        `Value ${visibilityTimeoutSeconds} for parameter VisibilityTimeout is invalid. Reason: Total VisibilityTimeout for the message is beyond the limit [${MAX_VISIBILITY_SECONDS} seconds].`,
      );
    }
    events.push({ type: 'visibility', queue: queue.id, sequences: [message.sequence], visibleAt });
  });
  await core.commit(events);
  core.onChange(queue);
  return outcomes;
}

function requireInFlight(queue: Queue, handle: ReceiptHandle, now: number): Message {
  const message = queue.find(handle.sequence, now);
  if (message === undefined) {
    throw busError(
      'value',
      'Value for parameter ReceiptHandle is invalid. Reason: Message does not exist or is not available for visibility timeout change.',
    );
  }
  if (message.place !== 'in-flight' || message.receiveCount !== handle.receiveCount) {
    throw busError('not-in-flight', 'The specified message is not in flight.');
  }
  return message;
}

/** Gives back what a receiver never got to read: visible at once, the receive does not count. Rides on the next sync. */
export function giveBack(core: BusCore, queueName: string, receiptHandles: readonly string[]): void {
  const queue = core.state.queuesByName.get(queueName);
  if (queue === undefined) return;
  const sequences = receiptHandles.flatMap((text) => {
    const handle = parseReceiptHandle(text, queue.id);
    const message = queue.find(handle.sequence, core.now());
    return message?.place === 'in-flight' && message.receiveCount === handle.receiveCount ? [handle.sequence] : [];
  });
  if (sequences.length === 0) return;
  core.record([{ type: 'visibility', queue: queue.id, sequences, visibleAt: core.now(), unread: true }]);
  core.onChange(queue);
}
