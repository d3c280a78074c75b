import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { MessageBus } from '../message-bus.ts';
import { openMessageBus } from '../open-message-bus.ts';

const ARN = 'arn:aws:sqs:us-east-1:000000000000:';
let directory: string;
let bus: MessageBus;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'move-tasks-'));
  bus = await openMessageBus({ directory });
  await bus.createQueue({ name: 'dead', fifo: false });
  const redrivePolicy = { deadLetterTargetArn: `${ARN}dead`, maxReceiveCount: 1 };
  await bus.createQueue({ name: 'main', fifo: false, settings: { redrivePolicy, visibilityTimeoutSeconds: 0 } });
});
afterEach(async () => {
  await bus.close();
  await rm(directory, { recursive: true });
});

async function kill(...messages: string[]): Promise<void> {
  await bus.send(
    'main',
    messages.map((body) => ({ body })),
  );
  while (bus.describeQueue('main')!.counts.visible > 0) await bus.receive('main', { maxMessages: 10 });
  await expect.poll(() => bus.describeQueue('dead')!.counts.visible).toBe(messages.length);
}

async function ended(): Promise<void> {
  await expect.poll(() => bus.listMoveTasks(`${ARN}dead`, 1)[0]!.status).not.toMatch(/RUNNING|CANCELLING/);
}

it('brings dead letters back to the queue that they came from, as new messages', async () => {
  await kill('a', 'b');
  bus.startMoveTask({ sourceArn: `${ARN}dead` });
  await ended();
  expect(bus.listMoveTasks(`${ARN}dead`, 10)).toMatchObject([{ status: 'COMPLETED', moved: 2, toMove: 2 }]);
  const received = await bus.receive('main', { maxMessages: 10, visibilityTimeoutSeconds: 60 });
  expect(
    received.map(({ body, receiveCount, deadLetterSourceArn }) => [body, receiveCount, deadLetterSourceArn]),
  ).toEqual([
    ['a', 1, undefined],
    ['b', 1, undefined],
  ]);
  expect(bus.describeQueue('dead')!.counts.visible).toBe(0);
});

it('fails on a message that was sent to the dead-letter queue itself, which stays there, unless a destination is named', async () => {
  await bus.send('dead', [{ body: 'direct' }]);
  bus.startMoveTask({ sourceArn: `${ARN}dead` });
  await ended();
  expect(bus.listMoveTasks(`${ARN}dead`, 1)).toMatchObject([
    { status: 'FAILED', failureReason: 'CouldNotDetermineMessageSource' },
  ]);
  expect(bus.describeQueue('dead')!.counts.visible).toBe(1);
  bus.startMoveTask({ sourceArn: `${ARN}dead`, destinationArn: `${ARN}main` });
  await ended();
  expect(bus.describeQueue('main')!.counts.visible).toBe(1);
});

it('stops when it is cancelled, and what is left stays', async () => {
  await kill('a', 'b', 'c');
  const id = bus.startMoveTask({ sourceArn: `${ARN}dead`, maxMessagesPerSecond: 1 });
  expect(() => bus.startMoveTask({ sourceArn: `${ARN}dead` })).toThrow('already a task running');
  await expect.poll(() => bus.listMoveTasks(`${ARN}dead`, 1)[0]!.moved).toBe(1);
  expect(bus.cancelMoveTask(`${ARN}dead`, id)).toBe(1);
  await ended();
  expect(bus.listMoveTasks(`${ARN}dead`, 1)).toMatchObject([{ status: 'CANCELLED', moved: 1 }]);
  expect(bus.describeQueue('dead')!.counts.visible).toBe(2);
  expect(() => bus.cancelMoveTask(`${ARN}dead`, id)).toThrow('Only active tasks');
});

it('is refused for a queue that is no dead-letter queue or not there', () => {
  expect(() => bus.startMoveTask({ sourceArn: `${ARN}main` })).toThrow('configured as a Dead Letter Queue');
  expect(() => bus.startMoveTask({ sourceArn: `${ARN}none` })).toThrow("doesn't exist");
});
