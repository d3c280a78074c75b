import type { JournalEvent } from './journal-event.ts';
import type { MessageState } from './message.ts';
import { WireScanner } from './wire-scanner.ts';

/** The two events of which a journal has millions, without names, which halves what replay takes; JOURNAL.md has the order. */
type WireMessage = readonly [
  'message',
  queue: number,
  sequence: number,
  sentAt: number,
  visibleAt: number,
  receiveCount: number,
  groupId: string | null,
  firstReceivedAt: number | null,
  lastReceivedAt: number | null,
];
type WireDeduplicated = readonly [
  'deduplicated',
  scope: number,
  key: string,
  messageId: string,
  sequence: number,
  until: number,
];

/** The line of an event, without the content of a message. */
export function formatEvent(event: JournalEvent): string {
  if (event.type === 'message') return JSON.stringify(toWireMessage(event.queue, event.message));
  if (event.type !== 'deduplicated') return JSON.stringify(event);
  const { scope, key, first, until } = event;
  const wire: WireDeduplicated = ['deduplicated', scope, key, first.messageId, first.sequence, until];
  return JSON.stringify(wire);
}

/** The event of the line between `start` and `end`. Throws a SyntaxError when it is none. */
export function parseEvent(buffer: Buffer, start: number, end: number): JournalEvent {
  return scanEvent(buffer, start, end) ?? parseLine(buffer.toString('utf8', start, end));
}

const MESSAGE = '["message",';
const DEDUPLICATED = '["deduplicated",';

/** The event of a line of the two frequent forms; undefined when it is none, or is not as our writer writes it. */
function scanEvent(buffer: Buffer, start: number, end: number): JournalEvent | undefined {
  // Both forms differ from all others in their first two characters, and from each other in the third.
  if (buffer[start] !== MESSAGE.charCodeAt(0)) return undefined;
  return buffer[start + 2] === MESSAGE.charCodeAt(2)
    ? scanMessage(buffer, start, end)
    : scanDeduplicated(buffer, start, end);
}

function scanMessage(buffer: Buffer, start: number, end: number): JournalEvent | undefined {
  const scanner = new WireScanner(buffer, start, MESSAGE);
  const queue = scanner.requiredNumber();
  const sequence = scanner.requiredNumber();
  const sentAt = scanner.requiredNumber();
  const visibleAt = scanner.requiredNumber();
  const receiveCount = scanner.requiredNumber();
  const groupId = scanner.text();
  const firstReceivedAt = scanner.number();
  const lastReceivedAt = scanner.number();
  if (!scanner.endsAt(end)) return undefined;
  const message = { sequence, groupId, sentAt, visibleAt, receiveCount, firstReceivedAt, lastReceivedAt };
  return { type: 'message', queue, message };
}

function scanDeduplicated(buffer: Buffer, start: number, end: number): JournalEvent | undefined {
  const scanner = new WireScanner(buffer, start, DEDUPLICATED);
  const scope = scanner.requiredNumber();
  const key = scanner.requiredText();
  const messageId = scanner.requiredText();
  const sequence = scanner.requiredNumber();
  const until = scanner.requiredNumber();
  return scanner.endsAt(end) ? { type: 'deduplicated', scope, key, first: { messageId, sequence }, until } : undefined;
}

function parseLine(line: string): JournalEvent {
  const wire: JournalEvent | WireMessage | WireDeduplicated | null = JSON.parse(line);
  if (typeof wire !== 'object' || wire === null) throw new SyntaxError('the line is no event');
  if ('type' in wire) return wire;
  if (wire[0] === 'message') return fromWireMessage(wire);
  if (wire[0] !== 'deduplicated') throw new SyntaxError('the line is no event');
  const [type, scope, key, messageId, sequence, until] = wire;
  return { type, scope, key, first: { messageId, sequence }, until };
}

function toWireMessage(queue: number, message: MessageState): WireMessage {
  const { sequence, groupId = null, sentAt, visibleAt, receiveCount } = message;
  const { firstReceivedAt = null, lastReceivedAt = null } = message;
  return ['message', queue, sequence, sentAt, visibleAt, receiveCount, groupId, firstReceivedAt, lastReceivedAt];
}

function fromWireMessage(wire: WireMessage): JournalEvent {
  const message: MessageState = {
    sequence: wire[2],
    groupId: wire[6] ?? undefined,
    sentAt: wire[3],
    visibleAt: wire[4],
    receiveCount: wire[5],
    firstReceivedAt: wire[7] ?? undefined,
    lastReceivedAt: wire[8] ?? undefined,
  };
  return { type: 'message', queue: wire[1], message };
}
