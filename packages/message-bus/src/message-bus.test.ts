import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFaultInjectingFileSystem } from '@daybook/durable-log';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OutgoingMessage } from './message.ts';
import type { MessageBus } from './message-bus.ts';
import { type MessageBusOptions, openMessageBus } from './open-message-bus.ts';
import type { SentMessage } from './operations/send.ts';
import type { QueueSettings } from './queue-settings.ts';

let directory: string;
let now: number;
let bus: MessageBus;

async function open(options: Partial<MessageBusOptions> = {}): Promise<MessageBus> {
  return await openMessageBus({ directory, now: () => now, ...options });
}

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'message-bus-'));
  now = 1_700_000_000_000;
  bus = await open();
});
afterEach(async () => {
  await bus.close();
  await rm(directory, { recursive: true });
});

async function makeQueue(name: string, settings: Partial<QueueSettings> = {}): Promise<string> {
  await bus.createQueue({ name, fifo: name.endsWith('.fifo'), settings });
  return name;
}

async function send(queue: string, ...messages: (string | OutgoingMessage)[]): Promise<SentMessage[]> {
  const outcomes = await bus.send(
    queue,
    messages.map((message) => (typeof message === 'string' ? { body: message } : message)),
  );
  return outcomes.map((outcome) => {
    if (!outcome.ok) throw outcome.error;
    return outcome.value;
  });
}

const inGroup = (groupId: string, body: string, deduplicationId = body): OutgoingMessage => ({
  groupId,
  body,
  deduplicationId,
});

async function bodies(queue: string, maxMessages = 10): Promise<string[]> {
  return (await bus.receive(queue, { maxMessages })).map(({ body }) => body);
}

async function reopen(): Promise<void> {
  await bus.close();
  bus = await open();
}

describe('a standard queue', () => {
  it('hides a received message for the visibility timeout and then shows it again', async () => {
    const queue = await makeQueue('q', { visibilityTimeoutSeconds: 30 });
    await send(queue, 'a');
    expect(await bodies(queue)).toEqual(['a']);
    now += 29_999;
    expect(await bodies(queue)).toEqual([]);
    now += 1;
    const [again] = await bus.receive(queue, {});
    expect(again).toMatchObject({ body: 'a', receiveCount: 2 });
  });

  it('forgets a message that is deleted, also after its visibility timeout, but not by a handle that is stale', async () => {
    const queue = await makeQueue('q');
    await send(queue, 'a');
    const [first] = await bus.receive(queue, {});
    now += 30_000;
    const [second] = await bus.receive(queue, {});
    expect(await bus.deleteMessages(queue, [first!.receiptHandle])).toEqual([{ ok: true, value: undefined }]);
    expect(bus.describeQueue(queue)?.counts.inFlight).toBe(1);
    now += 30_000;
    await bus.deleteMessages(queue, [second!.receiptHandle]);
    expect(await bodies(queue)).toEqual([]);
    expect(bus.describeQueue(queue)?.counts).toEqual({ visible: 0, inFlight: 0, delayed: 0 });
  });

  it('delays messages by the queue or by the message', async () => {
    const queue = await makeQueue('q', { delaySeconds: 10 });
    await send(queue, 'late', { body: 'at once', delaySeconds: 0 });
    expect(bus.describeQueue(queue)?.counts).toEqual({ visible: 1, inFlight: 0, delayed: 1 });
    expect(await bodies(queue)).toEqual(['at once']);
    now += 10_000;
    expect(await bodies(queue)).toEqual(['late']);
  });

  it('gives a message back at once when its visibility is set to 0, and keeps it longer when that is extended', async () => {
    const queue = await makeQueue('q');
    await send(queue, 'a');
    const [first] = await bus.receive(queue, {});
    await bus.changeVisibility(queue, [{ receiptHandle: first!.receiptHandle, visibilityTimeoutSeconds: 0 }]);
    const [second] = await bus.receive(queue, {});
    await bus.changeVisibility(queue, [{ receiptHandle: second!.receiptHandle, visibilityTimeoutSeconds: 100 }]);
    now += 99_000;
    expect(await bodies(queue)).toEqual([]);
    const [stale] = await bus.changeVisibility(queue, [
      { receiptHandle: first!.receiptHandle, visibilityTimeoutSeconds: 0 },
    ]);
    expect(stale).toMatchObject({ ok: false, error: { detail: { reason: 'not-in-flight' } } });
    const [tooLong] = await bus.changeVisibility(queue, [
      { receiptHandle: second!.receiptHandle, visibilityTimeoutSeconds: 43_200 },
    ]);
    expect(tooLong).toMatchObject({ ok: false, error: { detail: { reason: 'value' } } });
  });

  it('drops messages that outlive the retention time', async () => {
    const queue = await makeQueue('q', { retentionSeconds: 60 });
    await send(queue, 'old');
    now += 30_000;
    await send(queue, 'young');
    now += 30_000;
    expect(await bodies(queue)).toEqual(['young']);
  });

  it('is empty after a purge, of what is in flight as well', async () => {
    const queue = await makeQueue('q');
    await send(queue, 'a', 'b', 'c');
    await bus.receive(queue, {});
    await bus.purgeQueue(queue);
    now += 60_000;
    expect(await bodies(queue)).toEqual([]);
  });

  it('refuses what it cannot take, naming the reason, and takes the rest of the batch', async () => {
    const queue = await makeQueue('q', { maximumMessageBytes: 1024 });
    const outcomes = await bus.send(queue, [
      { body: '' },
      { body: 'x'.repeat(1025) },
      { body: 'bell \u0007' },
      { body: 'x', delaySeconds: 901 },
      { body: 'good' },
    ]);
    expect(outcomes.map((outcome) => (outcome.ok ? 'ok' : outcome.error.detail.reason))).toEqual([
      'parameter-missing',
      'message-too-long',
      'message-characters',
      'value',
      'ok',
    ]);
    expect(await bodies(queue)).toEqual(['good']);
    await expect(bus.deleteMessages(queue, ['junk'])).resolves.toMatchObject([
      { ok: false, error: { detail: { reason: 'receipt-handle' } } },
    ]);
    await expect(bus.send('nowhere', [{ body: 'x' }])).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('a FIFO queue', () => {
  it('gives several messages of one group in a receive and locks the group until all are settled', async () => {
    const queue = await makeQueue('q.fifo');
    await send(queue, inGroup('A', 'a1'), inGroup('A', 'a2'), inGroup('B', 'b1'), inGroup('A', 'a3'));
    const first = await bus.receive(queue, { maxMessages: 2 });
    expect(first.map(({ body }) => body)).toEqual(['a1', 'a2']);
    expect(await bodies(queue)).toEqual(['b1']);
    await bus.deleteMessages(queue, [first[0]!.receiptHandle]);
    expect(await bodies(queue)).toEqual([]);
    await bus.changeVisibility(queue, [{ receiptHandle: first[1]!.receiptHandle, visibilityTimeoutSeconds: 0 }]);
    expect(await bodies(queue)).toEqual(['a2', 'a3']);
  });

  it('answers a twin as the first one within five minutes, over restarts, and no longer', async () => {
    const queue = await makeQueue('q.fifo');
    const [first] = await send(queue, inGroup('A', 'a', 'id'));
    const [received] = await bus.receive(queue, {});
    await bus.deleteMessages(queue, [received!.receiptHandle]);
    await reopen();
    now += 299_999;
    expect(await send(queue, inGroup('A', 'changed', 'id'))).toEqual([first]);
    now += 1;
    const [later] = await send(queue, inGroup('A', 'a', 'id'));
    expect(later!.messageId).not.toBe(first!.messageId);
    expect(later!.sequenceNumber! > first!.sequenceNumber!).toBe(true);
  });

  it('deduplicates by content when it is told to, within a batch too, and else needs an id', async () => {
    const byContent = await makeQueue('content.fifo', { contentBasedDeduplication: true });
    const results = await send(
      byContent,
      { body: 'a', groupId: 'g' },
      { body: 'a', groupId: 'g' },
      { body: 'b', groupId: 'g' },
    );
    expect(results[1]).toEqual(results[0]);
    expect(await bodies(byContent)).toEqual(['a', 'b']);
    const byId = await makeQueue('id.fifo');
    await expect(send(byId, { body: 'a', groupId: 'g' })).rejects.toThrow(/ContentBasedDeduplication/);
    await expect(send(byId, { body: 'a', deduplicationId: 'd' })).rejects.toThrow(/MessageGroupId/);
  });

  it('refuses to delete by a receipt handle that has expired', async () => {
    const queue = await makeQueue('q.fifo', { visibilityTimeoutSeconds: 5 });
    await send(queue, inGroup('A', 'a'));
    const [message] = await bus.receive(queue, {});
    now += 5000;
    expect(await bus.deleteMessages(queue, [message!.receiptHandle])).toMatchObject([
      { ok: false, error: { detail: { reason: 'receipt-handle-expired' } } },
    ]);
  });

  it('answers a repeated receive attempt with the same messages', async () => {
    const queue = await makeQueue('q.fifo');
    await send(queue, inGroup('A', 'a1'), inGroup('A', 'a2'));
    const first = await bus.receive(queue, { maxMessages: 2, attemptId: 'try' });
    const second = await bus.receive(queue, { maxMessages: 2, attemptId: 'try' });
    expect(second.map(({ receiptHandle }) => receiptHandle)).toEqual(first.map(({ receiptHandle }) => receiptHandle));
    await bus.deleteMessages(queue, [first[0]!.receiptHandle]);
    expect(await bus.receive(queue, { attemptId: 'try' })).toEqual([]);
  });

  it('keeps a group in order while its first message is delayed', async () => {
    const queue = await makeQueue('q.fifo', { delaySeconds: 10 });
    await send(queue, inGroup('A', 'a1'));
    now += 5000;
    await send(queue, inGroup('A', 'a2'), inGroup('B', 'b1'));
    now += 5000;
    expect(await bodies(queue)).toEqual(['a1']);
    now += 5000;
    expect(await bodies(queue)).toEqual(['b1']);
  });
});

describe('a dead-letter queue', () => {
  const target = 'arn:aws:sqs:us-east-1:000000000000:';

  it('gets a message that was received too often, once, and the group goes on', async () => {
    await makeQueue('dead.fifo');
    const queue = await makeQueue('q.fifo', {
      visibilityTimeoutSeconds: 1,
      redrivePolicy: { deadLetterTargetArn: `${target}dead.fifo`, maxReceiveCount: 2 },
    });
    await send(queue, inGroup('A', 'poison'), inGroup('A', 'good'));
    for (let receive = 0; receive < 2; receive++) {
      expect(await bodies(queue, 1)).toEqual(['poison']);
      now += 1000;
    }
    expect(await bodies(queue, 1)).toEqual(['good']);
    const [dead] = await bus.receive('dead.fifo', { waitSeconds: 1 });
    expect(dead).toMatchObject({
      body: 'poison',
      groupId: 'A',
      receiveCount: 1,
      deadLetterSourceArn: `${target}q.fifo`,
    });
    await reopen();
    now += 60_000;
    expect(await bodies('dead.fifo')).toEqual(['poison']);
    expect(bus.deadLetterSources('dead.fifo', { limit: 10 })).toEqual({ items: ['q.fifo'], more: false });
  });

  it('must be there and be of the same type', async () => {
    await makeQueue('dead');
    const policy = (name: string) => ({ redrivePolicy: { deadLetterTargetArn: target + name, maxReceiveCount: 1 } });
    await expect(makeQueue('q.fifo', policy('dead'))).rejects.toThrow(/same type/);
    await expect(makeQueue('q', policy('nowhere'))).rejects.toThrow(/does not exist/);
  });
});

describe('a long poll', () => {
  it('ends as soon as a message is sent, for the first of those who wait', async () => {
    const queue = await makeQueue('q');
    const first = bus.receive(queue, { waitSeconds: 20 });
    const second = bus.receive(queue, { waitSeconds: 20 });
    await send(queue, 'a');
    expect((await first).map(({ body }) => body)).toEqual(['a']);
    await send(queue, 'b');
    expect((await second).map(({ body }) => body)).toEqual(['b']);
  });

  it('ends when a message in flight becomes visible again', async () => {
    await bus.close();
    bus = await openMessageBus({ directory });
    const queue = await makeQueue('q', { visibilityTimeoutSeconds: 1 });
    await send(queue, 'a');
    await bus.receive(queue, {});
    const [again] = await bus.receive(queue, { waitSeconds: 20 });
    expect(again).toMatchObject({ body: 'a', receiveCount: 2 });
  });

  it('takes nothing once its caller has hung up', async () => {
    const queue = await makeQueue('q');
    const caller = new AbortController();
    const poll = bus.receive(queue, { waitSeconds: 20 }, caller.signal);
    caller.abort();
    expect(await poll).toEqual([]);
    await send(queue, 'a');
    expect(await bodies(queue)).toEqual(['a']);
  });

  it('whose answer was lost gives its messages back uncounted', async () => {
    const queue = await makeQueue('q.fifo');
    await send(queue, inGroup('A', 'a1'), inGroup('A', 'a2'));
    const lost = await bus.receive(queue, { maxMessages: 10 });
    bus.giveBack(
      queue,
      lost.map(({ receiptHandle }) => receiptHandle),
    );
    const again = await bus.receive(queue, { maxMessages: 10 });
    expect(again.map(({ body, receiveCount }) => [body, receiveCount])).toEqual([
      ['a1', 1],
      ['a2', 1],
    ]);
  });

  it('fails when its queue is deleted', async () => {
    const queue = await makeQueue('q');
    const poll = bus.receive(queue, { waitSeconds: 20 });
    await Promise.all([bus.deleteQueue(queue), expect(poll).rejects.toMatchObject({ code: 'not-found' })]);
  });
});

describe('a topic', () => {
  const arn = (queue: string) => `arn:aws:sqs:us-east-1:000000000000:${queue}`;
  const raw = { RawMessageDelivery: 'true' };

  it('hands a message to every subscribed queue, raw or in an envelope', async () => {
    const topicArn = await bus.createTopic({ name: 't' });
    await makeQueue('raw');
    await makeQueue('wrapped');
    await bus.subscribe({ topicName: 't', queueArn: arn('raw'), attributes: raw });
    await bus.subscribe({ topicName: 't', queueArn: arn('wrapped') });
    const [outcome] = await bus.publish('t', [
      { body: 'hello', subject: 'S', attributes: { kind: { dataType: 'String', stringValue: 'k' } } },
    ]);
    expect(outcome).toMatchObject({ ok: true });
    const [plain] = await bus.receive('raw', {});
    expect(plain).toMatchObject({ body: 'hello', attributes: { kind: { stringValue: 'k' } } });
    const [wrapped] = await bus.receive('wrapped', {});
    expect(JSON.parse(wrapped!.body)).toMatchObject({
      Type: 'Notification',
      TopicArn: topicArn,
      Subject: 'S',
      Message: 'hello',
      Timestamp: new Date(now).toISOString(),
      MessageAttributes: { kind: { Type: 'String', Value: 'k' } },
    });
  });

  it('hands on only what the filter policy lets pass', async () => {
    await bus.createTopic({ name: 't' });
    await makeQueue('q');
    const attributes = { ...raw, FilterPolicy: '{"status":["failed"]}', FilterPolicyScope: 'MessageBody' };
    await bus.subscribe({ topicName: 't', queueArn: arn('q'), attributes });
    await bus.publish('t', [{ body: '{"status":"running"}' }, { body: '{"status":"failed"}' }, { body: 'no JSON' }]);
    expect(await bodies('q')).toEqual(['{"status":"failed"}']);
  });

  it('that is FIFO keeps groups in order and publishes a twin once', async () => {
    await bus.createTopic({ name: 't.fifo', attributes: { FifoTopic: 'true' } });
    await makeQueue('q.fifo');
    await bus.subscribe({ topicName: 't.fifo', queueArn: arn('q.fifo'), attributes: raw });
    const outcomes = await bus.publish('t.fifo', [
      inGroup('A', 'a1'),
      inGroup('A', 'a2'),
      inGroup('A', 'changed', 'a1'),
    ]);
    expect(outcomes[2]).toEqual(outcomes[0]);
    await reopen();
    expect(await bus.publish('t.fifo', [inGroup('A', 'changed', 'a2')])).toEqual([outcomes[1]]);
    expect(await bodies('q.fifo')).toEqual(['a1', 'a2']);
  });

  it('finds its subscription of a queue again, and none after it ended', async () => {
    await bus.createTopic({ name: 't' });
    await makeQueue('q');
    const subscription = await bus.subscribe({ topicName: 't', queueArn: arn('q') });
    expect(await bus.subscribe({ topicName: 't', queueArn: arn('q') })).toBe(subscription);
    expect(bus.listSubscriptions({ limit: 5 })).toEqual({ items: [subscription], more: false });
    await bus.unsubscribe(subscription);
    await reopen();
    expect(bus.describeSubscription(subscription)).toBeUndefined();
    await bus.publish('t', [{ body: 'x' }]);
    expect(await bodies('q')).toEqual([]);
  });

  it('refuses a FIFO queue when it is standard, and a filter policy that is none', async () => {
    await bus.createTopic({ name: 't' });
    await makeQueue('q');
    await expect(bus.subscribe({ topicName: 't', queueArn: arn('q.fifo') })).rejects.toThrow(/FIFO/);
    const attributes = { FilterPolicy: '{"a":[{"near":1}]}' };
    await expect(bus.subscribe({ topicName: 't', queueArn: arn('q'), attributes })).rejects.toThrow(/"near"/);
  });
});

describe('a bus that is opened again', () => {
  it('has its queues, settings, tags, messages, receives and locks', async () => {
    const queue = await makeQueue('q.fifo', { visibilityTimeoutSeconds: 77 });
    await bus.setQueueTags(queue, () => ({ team: 'x' }));
    await send(queue, inGroup('A', 'a1'), inGroup('A', 'a2'), inGroup('B', 'b1'));
    const [taken] = await bus.receive(queue, {});
    await reopen();
    expect(bus.describeQueue(queue)).toMatchObject({ settings: { visibilityTimeoutSeconds: 77 }, tags: { team: 'x' } });
    expect(await bodies(queue)).toEqual(['b1']);
    await bus.deleteMessages(queue, [taken!.receiptHandle]);
    expect(await bodies(queue)).toEqual(['a2']);
  });

  it('after a power cut has all that was acknowledged, and lets a lost receive be settled', async () => {
    await bus.close();
    const fileSystem = createFaultInjectingFileSystem();
    bus = await open({ fileSystem });
    const queue = await makeQueue('q.fifo');
    await send(queue, inGroup('A', 'a1'), inGroup('A', 'a2'));
    const [taken] = await bus.receive(queue, {});
    void bus.send(queue, [inGroup('A', 'never acknowledged')]).catch(() => {});
    fileSystem.cutPower();
    await bus.close().catch(() => {});
    bus = await open({ fileSystem });
    await bus.deleteMessages(queue, [taken!.receiptHandle]);
    expect(await bodies(queue)).toEqual(['a2']);
  });

  it('refuses requests while the disk is full, and goes on once there is room', async () => {
    await bus.close();
    const fileSystem = createFaultInjectingFileSystem();
    let isFull = false;
    const onDiskFull = (error: Error | undefined) => {
      isFull = error !== undefined;
    };
    bus = await open({ fileSystem, onDiskFull });
    const queue = await makeQueue('q.fifo');
    await send(queue, inGroup('A', 'a1'));
    fileSystem.faults.freeBytes = 10;
    await expect(bus.send(queue, [inGroup('A', 'a2')])).rejects.toMatchObject({ code: 'unavailable' });
    expect(isFull).toBe(true);
    await expect(bus.send(queue, [inGroup('A', 'a2')])).rejects.toMatchObject({ code: 'unavailable' });
    await expect(bus.receive(queue, {})).rejects.toMatchObject({ code: 'unavailable' });
    fileSystem.faults.freeBytes = Infinity;
    await expect.poll(() => isFull, { timeout: 5000 }).toBe(false);
    // The sender repeats what was refused, and goes on.
    await send(queue, inGroup('A', 'a2'), inGroup('A', 'a3'));
    fileSystem.cutPower();
    await bus.close().catch(() => {});
    bus = await open();
    expect(await bodies(queue)).toEqual(['a1', 'a2', 'a3']);
  });

  it('refuses everything once its disk has failed, and loses nothing that it acknowledged', async () => {
    await bus.close();
    const fileSystem = createFaultInjectingFileSystem();
    bus = await open({ fileSystem });
    const queue = await makeQueue('q');
    await send(queue, 'kept');
    fileSystem.faults.failSyncs = 'EIO';
    await expect(send(queue, 'lost')).rejects.toMatchObject({ code: 'unavailable' });
    fileSystem.faults.failSyncs = undefined;
    await expect(send(queue, 'lost')).rejects.toMatchObject({ code: 'unavailable' });
    fileSystem.cutPower();
    await bus.close().catch(() => {});
    bus = await open();
    expect(await bodies(queue)).toEqual(['kept']);
  });
});
