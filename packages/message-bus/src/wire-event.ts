import type { JournalEvent } from './journal-event.ts';
import type { MessageState } from './message.ts';

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

/** The event of a line. Throws a SyntaxError when it is none. */
export function parseEvent(line: string): JournalEvent {
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
