import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFaultInjectingFileSystem, isDiskFull } from '@daybook/durable-log';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import type { MessageBus } from './message-bus.ts';
import { openMessageBus } from './open-message-bus.ts';

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'durability-model-'));
});
afterAll(() => rm(root, { recursive: true }));

const TOPIC = 't.fifo';
const DEAD = 'dead.fifo';
/** Both are subscribed; what is received twice from the second goes to the dead-letter queue. */
const QUEUES = ['a.fifo', 'b.fifo'] as const;
const VISIBILITY_SECONDS = 30;

type QueueName = (typeof QUEUES)[number];

/** What the callers of the bus know of a message. */
class Fate {
  acknowledged = false;
  /** By queue: a deletion was asked for, or acknowledged. */
  readonly deletion = new Map<QueueName, 'asked' | 'acknowledged'>();
}

const queue = fc.constantFrom(...QUEUES);
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('publish' as const), count: fc.integer({ min: 1, max: 4 }) }) },
  {
    weight: 5,
    arbitrary: fc.record({ kind: fc.constant('receive' as const), queue, max: fc.integer({ min: 1, max: 10 }) }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('delete' as const), pick: fc.nat() }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('giveUp' as const), pick: fc.nat() }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'wait' as const }) },
  { weight: 2, arbitrary: fc.constant({ kind: 'settle' as const }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('fill' as const), freeBytes: fc.nat({ max: 1000 }) }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'room' as const }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('crash' as const),
      /** How much of what was not synced the disk has kept. */
      keptPercent: fc.integer({ min: 0, max: 100 }),
      freeBytes: fc.constantFrom(Infinity, 0, 100, 1000),
      failSyncs: fc.constantFrom(undefined, 'EIO' as const),
    }),
  },
);

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => void vi.useRealTimers());

it('what was acknowledged outlives crashes and faults of the disk at any moment, and a request is there whole or not at all', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), fc.constantFrom(1, 20_000), async (steps, readyMessages) => {
      const directory = await mkdtemp(join(root, 'run-'));
      const fileSystem = createFaultInjectingFileSystem();
      let now = 1_700_000_000_000;
      const open = (): Promise<MessageBus> =>
        openMessageBus({
          directory,
          fileSystem,
          readyMessages,
          now: () => now,
          onError: () => {},
          onTornTail: () => {},
          onDiskFull: (error) => {
            isFull = error !== undefined;
          },
        });
      let isFull = false;
      const makeRoom = async (): Promise<void> => {
        fileSystem.faults.freeBytes = Infinity;
        vi.advanceTimersByTime(1000);
        while (isFull) await new Promise((resolve) => setImmediate(resolve));
      };
      let bus = await open();
      await setUp(bus);
      const fates = new Map<string, Fate>();
      /** The bodies of each publish. */
      const publishes: (readonly string[])[] = [];
      let held: { queue: QueueName; body: string; handle: string }[] = [];
      let underWay: Promise<unknown>[] = [];
      const settle = async (): Promise<void> => {
        await Promise.all(underWay);
        underWay = [];
      };
      for (const action of steps) {
        if (action.kind === 'publish') {
          const bodies = Array.from({ length: action.count }, (_, at) => `${fates.size + at}`);
          publishes.push(bodies);
          for (const body of bodies) fates.set(body, new Fate());
          const done = bus.publish(
            TOPIC,
            bodies.map((body) => ({ body, groupId: `${Number(body) % 3}`, deduplicationId: body })),
          );
          const acknowledge = (): void => {
            for (const body of bodies) fates.get(body)!.acknowledged = true;
          };
          underWay.push(done.then(acknowledge, () => {}));
        } else if (action.kind === 'receive') {
          const messages = await bus.receive(action.queue, { maxMessages: action.max }).catch((error) => {
            if (isDiskFull(error)) return [];
            throw error;
          });
          for (const { body, receiptHandle } of messages)
            held.push({ queue: action.queue, body, handle: receiptHandle });
        } else if (action.kind === 'delete' || action.kind === 'giveUp') {
          const message = held[action.pick % Math.max(held.length, 1)];
          if (message === undefined) continue;
          held = held.filter((other) => other !== message);
          const { deletion } = fates.get(message.body)!;
          if (action.kind === 'giveUp') {
            const change = { receiptHandle: message.handle, visibilityTimeoutSeconds: 0 };
            underWay.push(bus.changeVisibility(message.queue, [change]).catch(() => {}));
          } else {
            if (!deletion.has(message.queue)) deletion.set(message.queue, 'asked');
            const acknowledge = ([outcome]: readonly { readonly ok: boolean }[]): void => {
              if (outcome?.ok) deletion.set(message.queue, 'acknowledged');
            };
            underWay.push(bus.deleteMessages(message.queue, [message.handle]).then(acknowledge, () => {}));
          }
        } else if (action.kind === 'wait') now += (VISIBILITY_SECONDS + 1) * 1000;
        else if (action.kind === 'settle') await settle();
        else if (action.kind === 'fill') fileSystem.faults.freeBytes = action.freeBytes;
        else if (action.kind === 'room') await makeRoom();
        else {
          Object.assign(fileSystem.faults, { freeBytes: action.freeBytes, failSyncs: action.failSyncs });
          // Some of what is under way meets the fault, some the cut.
          await new Promise((resolve) => setImmediate(resolve));
          fileSystem.cutPower((unsynced) => Math.floor((unsynced * action.keptPercent) / 100));
          Object.assign(fileSystem.faults, { freeBytes: Infinity, failSyncs: undefined });
          await bus.close().catch(() => {});
          await settle();
          isFull = false;
          bus = await open();
        }
      }
      await settle();
      await makeRoom();
      await bus.close();
      bus = await open();
      now += (VISIBILITY_SECONDS + 1) * 1000;

      const left = new Map<QueueName, readonly string[]>();
      left.set('a.fifo', await drain(bus, 'a.fifo'));
      const inB = await drain(bus, 'b.fifo');
      // What a receive puts among the dead letters is there once it is on disk.
      await bus.close();
      bus = await open();
      left.set('b.fifo', [...inB, ...(await drain(bus, DEAD))]);
      for (const [body, { acknowledged, deletion }] of fates) {
        for (const name of QUEUES) {
          const copies = left.get(name)!.filter((each) => each === body).length;
          const fate = deletion.get(name);
          const what = `${body} in ${name}, ${acknowledged ? '' : 'not '}acknowledged, deletion ${fate}`;
          if (fate === 'acknowledged') expect(copies, what).toBe(0);
          else if (acknowledged && fate === undefined) expect(copies, what).toBe(1);
          else expect(copies, what).toBeLessThan(2);
        }
      }
      for (const bodies of publishes) {
        if (bodies.some((body) => fates.get(body)!.deletion.size > 0)) continue;
        const there = QUEUES.flatMap((name) => bodies.map((body) => left.get(name)!.includes(body)));
        expect(new Set(there).size, `the parts of ${bodies.join(' ')}`).toBe(1);
      }
      await bus.close();
      await rm(directory, { recursive: true });
    }),
    { numRuns: 200 },
  );
});

async function setUp(bus: MessageBus): Promise<void> {
  const { region, accountId } = bus.identity;
  const arnOf = (name: string): string => `arn:aws:sqs:${region}:${accountId}:${name}`;
  const visibilityTimeoutSeconds = VISIBILITY_SECONDS;
  await bus.createQueue({ name: DEAD, fifo: true });
  await bus.createQueue({ name: 'a.fifo', fifo: true, settings: { visibilityTimeoutSeconds } });
  const redrivePolicy = { deadLetterTargetArn: arnOf(DEAD), maxReceiveCount: 2 };
  await bus.createQueue({ name: 'b.fifo', fifo: true, settings: { visibilityTimeoutSeconds, redrivePolicy } });
  await bus.createTopic({ name: TOPIC, attributes: { FifoTopic: 'true' } });
  for (const name of QUEUES)
    await bus.subscribe({ topicName: TOPIC, queueArn: arnOf(name), attributes: { RawMessageDelivery: 'true' } });
}

/** The bodies of all messages of a queue. */
async function drain(bus: MessageBus, name: string): Promise<readonly string[]> {
  const bodies: string[] = [];
  for (;;) {
    const messages = await bus.receive(name, { maxMessages: 10 });
    if (messages.length === 0) return bodies;
    bodies.push(...messages.map(({ body }) => body));
    await bus.deleteMessages(
      name,
      messages.map(({ receiptHandle }) => receiptHandle),
    );
  }
}
