import type { BusState } from './bus-state.ts';
import type { DeduplicationMap } from './deduplication-map.ts';
import type { JournalEvent } from './journal-event.ts';
import { type ContentPlace, stateOf } from './message.ts';
import type { QueueMessages } from './queue-messages.ts';

const EVENTS_PER_RECORD = 500;
const BYTES_PER_RECORD = 1024 * 1024;

/**
 * The whole state as groups of events. It is read while it is iterated, so it may change between groups; JOURNAL.md says why the result
 * is right. What comes into being meanwhile is left out: its own event is in the journal after the compaction's start.
 */
export function* snapshotEvents(
  state: BusState,
  now: number,
  readContent: (content: ContentPlace) => Uint8Array,
): Generator<readonly JournalEvent[]> {
  const end = state.next;
  const queues = [...state.queues.values()];
  const topics = [...state.topics.values()];
  yield [
    { type: 'counter', next: end },
    ...queues.map((queue): JournalEvent => ({ type: 'queue', queue: queue.description })),
    ...topics.map((topic): JournalEvent => ({ type: 'topic', topic: topic.description })),
    ...topics
      .flatMap((topic) => [...topic.subscriptions.values()])
      .map(({ description }): JournalEvent => ({ type: 'subscription', subscription: description })),
  ];
  for (const { id, deduplication } of [...queues, ...topics])
    yield* inGroups(deduplicationEvents(id, deduplication, now));
  for (const { id, messages } of queues) yield* inGroups(messageEvents(id, messages, { end, readContent }));
}

function* deduplicationEvents(scope: number, deduplication: DeduplicationMap, now: number): Generator<JournalEvent> {
  for (const { key, value, until } of deduplication.entries()) {
    if (until > now) yield { type: 'deduplicated', scope, key, first: value, until };
  }
}

function* messageEvents(
  queue: number,
  messages: QueueMessages,
  { end, readContent }: { readonly end: number; readonly readContent: (content: ContentPlace) => Uint8Array },
): Generator<JournalEvent> {
  // By their sequences, since a message may move between objects and backlog meanwhile.
  for (const sequence of messages.sequences()) {
    const message = sequence < end ? messages.peek(sequence) : undefined;
    if (message === undefined) continue;
    yield { type: 'message', queue, message: stateOf(message.state), content: readContent(message.content) };
  }
}

function* inGroups(events: Iterable<JournalEvent>): Generator<readonly JournalEvent[]> {
  let group: JournalEvent[] = [];
  let bytes = 0;
  for (const event of events) {
    group.push(event);
    bytes += event.type === 'message' && event.content instanceof Uint8Array ? event.content.length : 0;
    if (group.length < EVENTS_PER_RECORD && bytes < BYTES_PER_RECORD) continue;
    yield group;
    group = [];
    bytes = 0;
  }
  if (group.length > 0) yield group;
}
