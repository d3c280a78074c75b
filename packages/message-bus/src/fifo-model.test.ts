import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFaultInjectingFileSystem } from '@daybook/durable-log';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { MessageBus } from './message-bus.ts';
import { openMessageBus } from './open-message-bus.ts';

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'fifo-model-'));
});
afterAll(() => rm(root, { recursive: true }));

const QUEUE = 'q.fifo';
const VISIBILITY_SECONDS = 30;
const DEDUPLICATION_MS = 300_000;

interface ModelMessage {
  readonly body: string;
  readonly group: string;
  visibleAt: number;
  receiveCount: number;
  handle: string;
}

/** What a FIFO queue is, with nothing but a list. */
class Model {
  messages: ModelMessage[] = [];
  readonly sent = new Map<string, number>();

  send(group: string, body: string, id: string, now: number): void {
    if (now - (this.sent.get(id) ?? -Infinity) < DEDUPLICATION_MS) return;
    this.sent.set(id, now);
    this.messages.push({ body, group, visibleAt: now, receiveCount: 0, handle: '' });
  }

  /** `brought` is what a receive brought, where it may bring less of a group than there is: with a backlog, but no group is left out. */
  receive(max: number, now: number, brought?: readonly string[]): ModelMessage[] {
    const locked = new Set(this.messages.filter(({ visibleAt }) => visibleAt > now).map(({ group }) => group));
    const free = [...new Set(this.messages.map(({ group }) => group))].filter((group) => !locked.has(group));
    const parts = free.map((group) => {
      const all = this.messages.filter((message) => message.group === group);
      const end = brought === undefined ? -1 : all.findIndex(({ body }) => !brought.includes(body));
      return end < 0 ? all : all.slice(0, end);
    });
    const taken = parts.flat().slice(0, max);
    if (taken.length < max) expect(parts).not.toContainEqual([]);
    for (const message of taken) {
      message.visibleAt = now + VISIBILITY_SECONDS * 1000;
      message.receiveCount++;
    }
    return taken;
  }

  inFlight(now: number): ModelMessage[] {
    return this.messages.filter(({ visibleAt }) => visibleAt > now);
  }
}

/** What comes before the power is cut: nothing, a disk that is full after some bytes, or one that fails to sync. */
const FAULTS = [undefined, { freeBytes: 0 }, { freeBytes: 40 }, { failSyncs: 'EIO' }] as const;

const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('send' as const),
      entries: fc.array(fc.record({ group: fc.constantFrom('A', 'B', 'C'), id: fc.integer({ min: 0, max: 30 }) }), {
        minLength: 1,
        maxLength: 4,
      }),
    }),
  },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('receive' as const), max: fc.integer({ min: 1, max: 10 }) }) },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('delete' as const), pick: fc.nat() }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('giveUp' as const), pick: fc.nat() }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('wait' as const), seconds: fc.constantFrom(1, 10, 31, 301) }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'reopen' as const }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('crash' as const), fault: fc.constantFrom(...FAULTS) }) },
);

it.each([
  ['', undefined],
  [' with a backlog', 1],
])(
  'a FIFO queue%s does what its model does, over restarts, crashes and disks that are full or fail',
  async (_name, readyMessages) => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 80 }), async (steps) => {
        const directory = await mkdtemp(join(root, 'run-'));
        const fileSystem = createFaultInjectingFileSystem();
        let now = 1_700_000_000_000;
        const open = (): Promise<MessageBus> =>
          openMessageBus({
            directory,
            fileSystem,
            now: () => now,
            onError: () => {},
            ...(readyMessages && { readyMessages }),
          });
        let bus = await open();
        const model = new Model();
        await bus.createQueue({ name: QUEUE, fifo: true, settings: { visibilityTimeoutSeconds: VISIBILITY_SECONDS } });
        for (const [at, action] of steps.entries()) {
          if (action.kind === 'send') {
            const messages = action.entries.map(({ group, id }, place) => ({
              groupId: group,
              deduplicationId: `${id}`,
              body: `${at}.${place}`,
            }));
            await bus.send(QUEUE, messages);
            for (const { groupId, deduplicationId, body } of messages) model.send(groupId, body, deduplicationId, now);
          } else if (action.kind === 'receive') {
            const received = await bus.receive(QUEUE, { maxMessages: action.max });
            const expected = model.receive(
              action.max,
              now,
              readyMessages === undefined ? undefined : received.map(({ body }) => body),
            );
            expect(received.map(({ body, receiveCount }) => [body, receiveCount])).toEqual(
              expected.map(({ body, receiveCount }) => [body, receiveCount]),
            );
            for (const [place, message] of expected.entries()) message.handle = received[place]!.receiptHandle;
          } else if (action.kind === 'delete' || action.kind === 'giveUp') {
            const inFlight = model.inFlight(now);
            const message = inFlight[action.pick % Math.max(inFlight.length, 1)];
            if (message === undefined) continue;
            if (action.kind === 'delete') {
              expect(await bus.deleteMessages(QUEUE, [message.handle])).toMatchObject([{ ok: true }]);
              model.messages = model.messages.filter((other) => other !== message);
            } else {
              const change = { receiptHandle: message.handle, visibilityTimeoutSeconds: 0 };
              expect(await bus.changeVisibility(QUEUE, [change])).toMatchObject([{ ok: true }]);
              message.visibleAt = now;
            }
          } else if (action.kind === 'wait') {
            now += action.seconds * 1000;
          } else if (action.kind === 'reopen') {
            await bus.close();
            bus = await open();
          } else {
            // Something that waits for the disk makes the receives before it durable; after it, nothing is acknowledged.
            await bus.setQueueTags(QUEUE, (tags) => tags);
            Object.assign(fileSystem.faults, action.fault);
            const lost = bus.send(QUEUE, [{ groupId: 'A', deduplicationId: 'lost', body: 'lost' }]);
            if (action.fault === undefined) lost.catch(() => {});
            else {
              await expect(lost).rejects.toMatchObject({ code: 'unavailable' });
              const handles = model.inFlight(now).map(({ handle }) => handle);
              const deletion = bus.deleteMessages(QUEUE, handles);
              await expect(deletion).rejects.toMatchObject({ code: 'unavailable' });
            }
            fileSystem.cutPower();
            Object.assign(fileSystem.faults, { freeBytes: Infinity, failSyncs: undefined });
            await bus.close().catch(() => {});
            bus = await open();
          }
        }
        now += DEDUPLICATION_MS;
        const left: string[] = [];
        for (let batch = await bus.receive(QUEUE, { maxMessages: 10 }); batch.length > 0; ) {
          left.push(...batch.map(({ body }) => body));
          await bus.deleteMessages(
            QUEUE,
            batch.map(({ receiptHandle }) => receiptHandle),
          );
          batch = await bus.receive(QUEUE, { maxMessages: 10 });
        }
        expect(left.sort()).toEqual(model.messages.map(({ body }) => body).sort());
        expect(bus.describeQueue(QUEUE)?.counts).toEqual({ visible: 0, inFlight: 0, delayed: 0 });
        await bus.close();
        await rm(directory, { recursive: true });
      }),
      { numRuns: 200 },
    );
  },
);
