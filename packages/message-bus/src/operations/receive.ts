import { formatArn, nameOfArn } from '../arn.ts';
import type { BusCore } from '../bus-core.ts';
import { busError } from '../bus-error.ts';
import type { JournalEvent } from '../journal-event.ts';
import { type Message, type MessageState, type ReceivedMessage, stateOf } from '../message.ts';
import type { Queue } from '../queue.ts';
import { checkRange, MAX_VISIBILITY_SECONDS, MAX_WAIT_SECONDS } from '../queue-settings.ts';
import { formatReceiptHandle, parseReceiptHandle } from '../receipt-handle.ts';
import { DEDUPLICATION_MS } from './prepare-message.ts';

/** How to receive; what is not given is as the queue's settings have it. */
export interface ReceiveRequest {
  /** 1 unless given, at most 10. */
  readonly maxMessages?: number;
  readonly waitSeconds?: number;
  readonly visibilityTimeoutSeconds?: number;
  /** FIFO: a repeated attempt within five minutes gets the same messages, as long as none of them was touched. */
  readonly attemptId?: string;
}

/** Messages that may be in flight at once in one queue. */
const MAX_IN_FLIGHT = 120_000;

/** Throws unless the request's numbers are in AWS's ranges. */
export function checkReceive(request: ReceiveRequest): void {
  checkRange('MaxNumberOfMessages', request.maxMessages ?? 1, 1, 10);
  checkRange('WaitTimeSeconds', request.waitSeconds ?? 0, 0, MAX_WAIT_SECONDS);
  checkRange('VisibilityTimeout', request.visibilityTimeoutSeconds ?? 0, 0, MAX_VISIBILITY_SECONDS);
}

/** Receives what can be received now. The record of it rides on the next sync. */
export function receiveNow(core: BusCore, queue: Queue, request: ReceiveRequest): readonly ReceivedMessage[] {
  const now = core.now();
  const timeoutSeconds = request.visibilityTimeoutSeconds ?? queue.description.settings.visibilityTimeoutSeconds;
  const visibleAt = now + timeoutSeconds * 1000;
  queue.advance(now);
  const repeated = repeatAttempt(core, queue, request, visibleAt);
  if (repeated !== undefined) return repeated;
  if (queue.counts(now).inFlight >= MAX_IN_FLIGHT) {
    if (queue.description.fifo) return [];
    throw busError('too-many-in-flight', `The queue has ${MAX_IN_FLIGHT} messages in flight already.`);
  }

  const accepted: Message[] = [];
  const max = request.maxMessages ?? 1;
  while (accepted.length < max) {
    const taken = queue.take(max - accepted.length, now, visibleAt);
    if (taken.length === 0) break;
    const refused = taken.filter((message) => !mayBeReceived(core, queue, message, now));
    accepted.push(...taken.filter((message) => !refused.includes(message)));
    if (refused.length > 0) core.commitInBackground(removalEvents(core, queue, refused, now));
  }
  if (accepted.length === 0) return [];
  const sequences = accepted.map(({ sequence }) => sequence);
  core.record([{ type: 'received', queue: queue.id, sequences, at: now, visibleAt }]);
  const received = accepted.map((message) => toReceived(core, queue, message));
  if (request.attemptId !== undefined) {
    const handles = received.map(({ receiptHandle }) => receiptHandle);
    queue.attempts.set(request.attemptId, handles, now + DEDUPLICATION_MS);
  }
  return received;
}

function repeatAttempt(
  core: BusCore,
  queue: Queue,
  { attemptId }: ReceiveRequest,
  visibleAt: number,
): readonly ReceivedMessage[] | undefined {
  const now = core.now();
  const handles = attemptId === undefined ? undefined : queue.attempts.get(attemptId, now);
  if (handles === undefined) return undefined;
  const messages: Message[] = [];
  for (const handle of handles) {
    const { sequence, receiveCount } = parseReceiptHandle(handle, queue.id);
    const message = queue.messages.get(sequence);
    if (message?.place !== 'in-flight' || message.receiveCount !== receiveCount) return undefined;
    messages.push(message);
  }
  const sequences = messages.map(({ sequence }) => sequence);
  core.record([{ type: 'visibility', queue: queue.id, sequences, visibleAt }]);
  return messages.map((message) => toReceived(core, queue, message));
}

function mayBeReceived(core: BusCore, queue: Queue, message: Message, now: number): boolean {
  const { retentionSeconds } = queue.description.settings;
  if (message.sentAt + retentionSeconds * 1000 <= now) return false;
  return deadLetterQueue(core, queue, message) === undefined;
}

/** Where a message goes that has been received as often as its queue allows. */
function deadLetterQueue(core: BusCore, queue: Queue, message: Message): Queue | undefined {
  const { redrivePolicy } = queue.description.settings;
  if (redrivePolicy === undefined || message.receiveCount < redrivePolicy.maxReceiveCount) return undefined;
  const name = nameOfArn('sqs', core.identity, redrivePolicy.deadLetterTargetArn);
  return name === undefined ? undefined : core.state.queuesByName.get(name);
}

/** Ends messages in their queue and puts those that are not outlived into the dead-letter queue: one record, so never lost or doubled. */
function removalEvents(
  core: BusCore,
  queue: Queue,
  messages: readonly Message[],
  now: number,
): readonly JournalEvent[] {
  const events: JournalEvent[] = [
    { type: 'deleted', queue: queue.id, sequences: messages.map(({ sequence }) => sequence) },
  ];
  for (const message of messages) {
    const target = deadLetterQueue(core, queue, message);
    if (target === undefined || message.sentAt + queue.description.settings.retentionSeconds * 1000 <= now) continue;
    const moved: MessageState = {
      sequence: core.state.takeNumber(),
      groupId: message.groupId,
      // spec: SQS developer guide, "Dead-letter queues": a standard queue keeps the time of sending, a FIFO queue starts it anew.
      sentAt: target.description.fifo ? now : message.sentAt,
      visibleAt: now,
      receiveCount: 0,
    };
    const deadLetterSourceArn = formatArn('sqs', core.identity, queue.description.name);
    const content = { ...core.contentOf(message), deadLetterSourceArn };
    events.push({ type: 'message', queue: target.id, message: moved, content });
  }
  return events;
}

function toReceived(core: BusCore, queue: Queue, message: Message): ReceivedMessage {
  const { sequence, receiveCount } = message;
  return {
    receiptHandle: formatReceiptHandle({ queue: queue.id, sequence, receiveCount }),
    ...core.contentOf(message),
    ...stateOf(message),
  };
}
