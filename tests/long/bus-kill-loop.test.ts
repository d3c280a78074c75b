import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { callSns, callSqs } from '../support/bus-wire.ts';
import { type Program, startProgram } from '../support/program.ts';
import { randomNumbers } from '../support/random.ts';

const ROUNDS = Number(process.env.DAYBOOK_TEST_ROUNDS ?? 20);
const PUBLISHERS = 16;
const CONSUMERS = 4;
const NAME = 'kill-loop.fifo';
/** Long enough that the journal is compacted every few rounds. */
const PADDING = 'x'.repeat(40_000);
const seed = Number(process.env.DAYBOOK_TEST_SEED ?? Date.now() % 2 ** 31);
const dataDir = mkdtempSync(join(tmpdir(), 'daybook-bus-kill-loop-'));
let bus: Program | undefined;

afterAll(async () => {
  await bus?.kill();
  rmSync(dataDir, { recursive: true, force: true });
});

function startBus(port: string): Promise<Program> {
  return startProgram(['bus', '--data-dir', dataDir, '--bus-port', port]);
}

/** What was seen of one message group. */
class Group {
  published = 0;
  repeats = 0;
  deliveries = 0;
  /** Numbers in the order of their first delivery. */
  readonly order: number[] = [];
  readonly messageIds = new Map<number, Set<string>>();
  readonly deleted = new Set<number>();
  readonly afterDeletion: number[] = [];

  deliver(number: number, messageId: string): void {
    this.deliveries++;
    if (this.deleted.has(number)) this.afterDeletion.push(number);
    const ids = this.messageIds.get(number) ?? new Set();
    if (ids.size === 0) this.order.push(number);
    this.messageIds.set(number, ids.add(messageId));
  }
}

interface Delivery {
  readonly MessageId: string;
  readonly ReceiptHandle: string;
  readonly Body: string;
}

async function createChannel(url: string): Promise<{ topicArn: string; queueUrl: string }> {
  const attributes = { FifoQueue: 'true', VisibilityTimeout: '1' };
  const { QueueUrl } = await callSqs(url, 'CreateQueue', { QueueName: NAME, Attributes: attributes });
  const fifo = { 'Attributes.entry.1.key': 'FifoTopic', 'Attributes.entry.1.value': 'true' };
  const created = await callSns(url, 'CreateTopic', { Name: NAME, ...fifo });
  const topicArn = /<TopicArn>(.*?)<\/TopicArn>/.exec(created)?.[1] ?? '';
  const Endpoint = topicArn.replace(':sns:', ':sqs:');
  const raw = { 'Attributes.entry.1.key': 'RawMessageDelivery', 'Attributes.entry.1.value': 'true' };
  await callSns(url, 'Subscribe', { TopicArn: topicArn, Protocol: 'sqs', Endpoint, ...raw });
  return { topicArn, queueUrl: String(QueueUrl) };
}

describe(`kill -9 of the bus, ${ROUNDS} times, under publishers and consumers (seed ${seed})`, () => {
  it('loses nothing that was acknowledged, keeps the order of groups and doubles nothing that was sent twice', async () => {
    console.log(`DAYBOOK_TEST_SEED=${seed}`);
    const random = randomNumbers(seed);
    const groups = Array.from({ length: PUBLISHERS }, () => new Group());
    let publishing = true;
    let consuming = true;
    bus = await startBus('0');
    const url = bus.url('bus') as string;
    const { port } = new URL(url);
    const { topicArn, queueUrl } = await createChannel(url);

    /** Publishes the next number until it is acknowledged, always under the same deduplication id. */
    async function publish(group: Group, name: string): Promise<void> {
      while (publishing) {
        const number = group.published;
        const message = {
          Message: `${name} ${number} ${PADDING}`,
          MessageGroupId: name,
          MessageDeduplicationId: `${name}-${number}`,
        };
        for (let done = false; !done; ) {
          try {
            await callSns(url, 'Publish', { TopicArn: topicArn, ...message });
            done = true;
          } catch {
            group.repeats++;
            await delay(20);
          }
        }
        group.published++;
      }
    }

    async function consume(): Promise<void> {
      while (consuming) {
        try {
          const request = { QueueUrl: queueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 1 };
          const { Messages = [] } = (await callSqs(url, 'ReceiveMessage', request)) as { Messages?: Delivery[] };
          const numbers = Messages.map(({ Body }) => Body.split(' ').map(Number) as [number, number]);
          for (const [at, [group, number]] of numbers.entries())
            groups[group]?.deliver(number, Messages[at]!.MessageId);
          if (Messages.length === 0 || random() < 0.1) continue;
          const Entries = Messages.map(({ ReceiptHandle }, at) => ({ Id: String(at), ReceiptHandle }));
          const answer = await callSqs(url, 'DeleteMessageBatch', { QueueUrl: queueUrl, Entries });
          for (const { Id } of (answer.Successful ?? []) as { Id: string }[]) {
            const [group, number] = numbers[Number(Id)]!;
            groups[group]?.deleted.add(number);
          }
        } catch {
          await delay(20);
        }
      }
    }

    const publishers = groups.map((group, at) => publish(group, String(at)));
    const consumers = Array.from({ length: CONSUMERS }, consume);
    for (let round = 0; round < ROUNDS; round += 1) {
      await delay(100 + random() * 1500);
      await bus.kill();
      bus = await startBus(port);
    }
    publishing = false;
    await Promise.all(publishers);
    const undelivered = (): number[] => groups.flatMap((group) => (group.order.length < group.published ? [1] : []));
    await expect.poll(undelivered, { timeout: 60_000, interval: 200 }).toEqual([]);
    consuming = false;
    await Promise.all(consumers);

    for (const group of groups) {
      expect(group.order).toEqual(Array.from({ length: group.published }, (_, number) => number));
      expect([...group.messageIds.values()].filter((ids) => ids.size > 1)).toEqual([]);
      expect(group.afterDeletion).toEqual([]);
    }
    const total = (count: (group: Group) => number): number => groups.reduce((sum, group) => sum + count(group), 0);
    const acknowledged = total(({ published }) => published);
    expect(acknowledged).toBeGreaterThan(ROUNDS);
    const segments = readdirSync(join(dataDir, 'bus')).filter((name) => name.endsWith('.log'));
    if (ROUNDS >= 10) expect(segments, 'the journal has been compacted').not.toContain('0000000001.log');
    console.log(
      `${ROUNDS} kills, ${acknowledged} acknowledged messages, ${total(({ repeats }) => repeats)} publishes repeated, ${total(({ deliveries }) => deliveries)} deliveries, none lost, doubled or out of order`,
    );
  });
});
