import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BusState } from './bus-state.ts';
import { snapshotEvents } from './compaction.ts';
import type { JournalEvent } from './journal-event.ts';
import { type ContentPlace, type MessageState, stateOf } from './message.ts';
import { openMessageBus } from './open-message-bus.ts';
import { DEFAULT_QUEUE_SETTINGS } from './queue-settings.ts';

/** Few, so that there is a backlog. */
const READY_MESSAGES = 1;
const NOW = 1_700_000_000_000;

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'compaction-'));
});
afterEach(() => rm(directory, { recursive: true }));

const message = (sequence: number): MessageState => ({
  sequence,
  groupId: undefined,
  sentAt: NOW,
  visibleAt: NOW,
  receiveCount: 0,
});

const CONTENT = Buffer.alloc(400_000);

function placeOf(event: JournalEvent): ContentPlace | undefined {
  return event.type === 'message' ? { segment: 1, offset: event.message.sequence, bytes: CONTENT.length } : undefined;
}

/** What a journal keeps of an event. */
function written(event: JournalEvent): JournalEvent {
  return JSON.parse(JSON.stringify({ ...event, content: undefined }));
}

function replay(events: readonly JournalEvent[]): BusState {
  const state = new BusState(READY_MESSAGES);
  for (const event of events) state.apply(event, NOW, placeOf(event));
  return state;
}

function contents(state: BusState): unknown {
  return {
    next: state.next,
    queues: [...state.queues.values()].map(({ description, messages, deduplication }) => ({
      description,
      messages: Array.from(messages.sequences(), (sequence) => {
        const { state, content } = messages.peek(sequence)!;
        return { state: stateOf(state), content };
      }),
      deduplicated: [...deduplication.entries()].map(({ key }) => key).sort(),
    })),
  };
}

describe('the events of a compaction', () => {
  it('say the same as the journal that they replace, whatever happens between them and wherever a crash ends the removal', () => {
    const change = fc.oneof(
      fc.constant({ kind: 'send' as const }),
      fc.record({ kind: fc.constant('delete' as const), pick: fc.nat() }),
      fc.record({ kind: fc.constant('receive' as const), pick: fc.nat() }),
    );
    fc.assert(
      fc.property(
        fc.array(change),
        fc.array(fc.array(change, { maxLength: 5 }), { maxLength: 20 }),
        fc.nat(),
        (before, between, cut) => {
          const queue = {
            id: 1,
            name: 'q',
            fifo: false,
            settings: DEFAULT_QUEUE_SETTINGS,
            tags: {},
            createdAt: NOW,
            modifiedAt: NOW,
          };
          const live = replay([{ type: 'queue', queue }]);
          const old: JournalEvent[] = [{ type: 'queue', queue }];
          const fresh: JournalEvent[] = [];
          const run = (action: (typeof before)[number], journal: JournalEvent[]): void => {
            const sequences = [...live.queues.get(1)!.messages.sequences()];
            const picked = action.kind === 'send' ? undefined : sequences[action.pick % Math.max(sequences.length, 1)];
            const sequence = live.next;
            const events: JournalEvent[] =
              action.kind === 'send'
                ? [
                    { type: 'message', queue: 1, message: message(sequence) },
                    {
                      type: 'deduplicated',
                      scope: 1,
                      key: `${sequence}`,
                      first: { messageId: '01234567-89ab-4cde-8f01-23456789abcd', sequence },
                      until: NOW + 1,
                    },
                  ]
                : picked === undefined
                  ? []
                  : action.kind === 'delete'
                    ? [{ type: 'deleted', queue: 1, sequences: [picked] }]
                    : [{ type: 'received', queue: 1, sequences: [picked], at: NOW, visibleAt: NOW + 5 }];
            for (const event of events) {
              journal.push(written(event));
              live.apply(event, NOW, placeOf(event));
            }
          };
          for (const action of before) run(action, old);
          const pauses = between[Symbol.iterator]();
          for (const group of snapshotEvents(live, NOW, () => CONTENT)) {
            // As the journal does: what a group holds is written down at once.
            fresh.push(...group.map(written));
            for (const action of pauses.next().value ?? []) run(action, fresh);
          }
          expect(contents(replay(fresh))).toEqual(contents(live));
          expect(contents(replay([...old.slice(cut % old.length), ...fresh]))).toEqual(contents(live));
        },
      ),
      { numRuns: 100 },
    );
  });
});

describe('a journal that grows', () => {
  it('is compacted while the bus serves, and holds all that is left', async () => {
    const bus = await openMessageBus({ directory });
    await bus.createQueue({ name: 'keep', fifo: false });
    await bus.createQueue({ name: 'busy', fifo: false });
    await bus.createTopic({ name: 't' });
    const subscription = await bus.subscribe({ topicName: 't', queueArn: 'arn:aws:sqs:us-east-1:000000000000:keep' });
    const kept = Array.from({ length: 30 }, (_, at) => `kept ${at}`);
    for (const body of kept) await bus.send('keep', [{ body }]);
    const body = 'x'.repeat(250_000);
    for (let round = 0; round < 200; round++) {
      await bus.send('busy', [{ body }]);
      const [received] = await bus.receive('busy', {});
      await bus.deleteMessages('busy', [received!.receiptHandle]);
    }
    await expect.poll(async () => (await readdir(directory)).includes('0000000001.log')).toBe(false);
    await bus.close();
    const again = await openMessageBus({ directory });
    expect(again.describeQueue('busy')?.counts).toEqual({ visible: 0, inFlight: 0, delayed: 0 });
    expect(again.listSubscriptions({ limit: 10 }).items).toEqual([subscription]);
    const found: string[] = [];
    while (found.length < kept.length)
      found.push(...(await again.receive('keep', { maxMessages: 10 })).map((item) => item.body));
    expect(found).toEqual(kept);
    await again.close();
  });
});
