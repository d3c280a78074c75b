import { createHash, randomUUID } from 'node:crypto';
import { busError } from '../bus-error.ts';
import type { DeduplicatedMessage, JournalEvent } from '../journal-event.ts';
import type { MessageAttributes, MessageContent, MessageState, OutgoingMessage } from '../message.ts';
import type { Queue } from '../queue.ts';
import { checkRange, MAX_DELAY_SECONDS } from '../queue-settings.ts';

/** How long a deduplication id is remembered. */
export const DEDUPLICATION_MS: number = 5 * 60 * 1000;

/** The attributes that a message of a queue may have; a publication may have more, which raw delivery does not bring. */
export const MAX_ATTRIBUTES = 10;

const IDENTIFIER = /^[\w!"#$%&'()*+,\-./:;<=>?@[\\\]^`{|}~]{1,128}$/;
const FORBIDDEN_CHARACTERS = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;

/** Collects the events of one request and knows what it deduplicates within itself. */
export class EventDraft {
  readonly events: JournalEvent[] = [];
  readonly now: number;
  readonly #takeNumber: () => number;
  readonly #deduplicated = new Map<string, DeduplicatedMessage>();

  constructor(now: number, takeNumber: () => number) {
    this.now = now;
    this.#takeNumber = takeNumber;
  }

  takeSequence(): number {
    return this.#takeNumber();
  }

  /** What the first message with this key was answered, within the last five minutes and this request. */
  findFirst(
    scope: Queue | { id: number; deduplication: Queue['deduplication'] },
    key: string,
  ): DeduplicatedMessage | undefined {
    return this.#deduplicated.get(`${scope.id}/${key}`) ?? scope.deduplication.get(key, this.now);
  }

  rememberFirst(scope: { readonly id: number }, key: string, first: DeduplicatedMessage): void {
    this.#deduplicated.set(`${scope.id}/${key}`, first);
    this.events.push({ type: 'deduplicated', scope: scope.id, key, first, until: this.now + DEDUPLICATION_MS });
  }
}

/** Drafts a message for a queue, or finds the one that it repeats. */
export function prepareMessage(draft: EventDraft, queue: Queue, outgoing: OutgoingMessage): DeduplicatedMessage {
  const { fifo, settings } = queue.description;
  const deduplicationId = fifo
    ? requireDeduplicationId(outgoing, settings.contentBasedDeduplication)
    : outgoing.deduplicationId;
  const key =
    settings.deduplicationScope === 'messageGroup' ? `${outgoing.groupId}/${deduplicationId}` : `${deduplicationId}`;
  const twin = fifo ? draft.findFirst(queue, key) : undefined;
  if (twin !== undefined) return twin;

  const sequence = draft.takeSequence();
  const first = { messageId: randomUUID(), sequence };
  const delaySeconds = outgoing.delaySeconds ?? settings.delaySeconds;
  const { body, groupId, traceHeader, senderId } = outgoing;
  const attributes = isEmpty(outgoing.attributes) ? undefined : outgoing.attributes;
  const content: MessageContent = {
    messageId: first.messageId,
    body,
    attributes,
    deduplicationId,
    traceHeader,
    senderId,
  };
  const visibleAt = draft.now + delaySeconds * 1000;
  const message: MessageState = { sequence, groupId, sentAt: draft.now, visibleAt, receiveCount: 0 };
  draft.events.push({ type: 'message', queue: queue.id, message, content });
  if (fifo) draft.rememberFirst(queue, key, first);
  return first;
}

function isEmpty(attributes: MessageAttributes | undefined): boolean {
  for (const _ in attributes) return false;
  return true;
}

/** Throws unless the queue takes such a message. */
export function checkOutgoing(queue: Queue, outgoing: OutgoingMessage): void {
  const { fifo, settings } = queue.description;
  checkContent(outgoing, settings.maximumMessageBytes);
  if (fifo && outgoing.groupId === undefined) {
    throw busError('parameter-missing', 'The request must contain the parameter MessageGroupId.');
  }
  if (!fifo && outgoing.deduplicationId !== undefined) {
    throw busError(
      'value',
      'Value for parameter MessageDeduplicationId is invalid. Reason: The queue is not a FIFO queue.',
    );
  }
  checkIdentifiers(outgoing);
  const attributes = Object.keys(outgoing.attributes ?? {}).length;
  if (attributes > MAX_ATTRIBUTES) {
    throw busError(
      'value',
      `Number of message attributes [${attributes}] exceeds the allowed maximum [${MAX_ATTRIBUTES}].`,
    );
  }
  if (outgoing.delaySeconds === undefined) return;
  checkRange('DelaySeconds', outgoing.delaySeconds, 0, MAX_DELAY_SECONDS);
  if (fifo && outgoing.delaySeconds !== settings.delaySeconds) {
    throw busError(
      'value',
      `Value ${outgoing.delaySeconds} for parameter DelaySeconds is invalid. Reason: A FIFO queue has one delay for all messages.`,
    );
  }
}

/** Throws unless a body and its attributes can be sent at all. */
export function checkContent({ body, attributes = {} }: OutgoingMessage, maxBytes: number): void {
  if (body === '') throw busError('parameter-missing', 'The request must contain a message that is not empty.');
  const bytes = Buffer.byteLength(body) + attributesBytes(attributes);
  if (bytes > maxBytes) {
    throw busError(
      'message-too-long',
      `One or more parameters are invalid. Reason: Message must be shorter than ${maxBytes} bytes.`,
    );
  }
  if (FORBIDDEN_CHARACTERS.test(body)) {
    throw busError('message-characters', 'The message contains characters outside the allowed set.');
  }
}

/** Throws unless group and deduplication ids, where given, are 1 to 128 printable ASCII characters. */
export function checkIdentifiers({ groupId, deduplicationId }: OutgoingMessage): void {
  for (const [name, value] of Object.entries({ MessageGroupId: groupId, MessageDeduplicationId: deduplicationId })) {
    if (value === undefined || IDENTIFIER.test(value)) continue;
    throw busError(
      'value',
      `Value ${JSON.stringify(value.slice(0, 200))} for parameter ${name} is invalid. Reason: ${name} can only include alphanumeric and punctuation characters. 1 to 128 in length.`,
    );
  }
}

/** The deduplication id that counts; throws when there is none. */
export function requireDeduplicationId({ deduplicationId, body }: OutgoingMessage, contentBased: boolean): string {
  if (deduplicationId !== undefined) return deduplicationId;
  if (contentBased) return createHash('sha256').update(body).digest('hex');
  throw busError(
    'value',
    'The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
  );
}

/** What attributes add to the size of a message: names, types and values. */
export function attributesBytes(attributes: MessageAttributes): number {
  let bytes = 0;
  for (const [name, { dataType, stringValue = '', binaryValue = '' }] of Object.entries(attributes)) {
    bytes += Buffer.byteLength(name) + Buffer.byteLength(dataType) + Buffer.byteLength(stringValue);
    bytes += Buffer.byteLength(binaryValue, 'base64');
  }
  return bytes;
}
