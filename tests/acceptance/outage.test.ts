import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { ownBusResources } from '../support/bus-resources.ts';
import { callSns, callSqs } from '../support/bus-wire.ts';
import { testFlags } from '../support/daybook.ts';
import { type Program, startProgram } from '../support/program.ts';
import { eventually } from '../support/wait.ts';
import { call } from '../support/wps-t.ts';

const { engine, busUrl } = inject('target');
const JOBS = 500;
let dataDir: string;
const programs = new Set<Program>();

async function start(command: string, ...flags: readonly string[]): Promise<Program> {
  const program = await startProgram([command, '--data-dir', dataDir, ...testFlags, ...flags]);
  programs.add(program);
  return program;
}

beforeAll(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'daybook-outage-'));
});
afterAll(async () => {
  for (const program of programs) await program.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

describe.runIf(engine === 'embedded' && busUrl === undefined)('while the jobs database is away', () => {
  it('updates wait; when it is back they are all applied, and the dead-letter queue has just what can never be', async () => {
    const bus = (await start('bus')).url('bus') as string;
    const database = await start('database');
    const url = database.url('jobs database') as string;
    const reach = ['--database-port', new URL(url).port, '--bus-port', new URL(bus).port];
    await start('ingest', ...reach);
    programs.delete(database);
    await database.kill();

    const { topicArn, updateQueueUrl, updateDeadLetterQueueUrl } = ownBusResources(bus);
    const publish = (Message: string, MessageGroupId: string): Promise<unknown> => {
      const MessageDeduplicationId = crypto.randomUUID();
      return callSns(bus, 'Publish', { TopicArn: topicArn, Message, MessageGroupId, MessageDeduplicationId });
    };
    const ids = Array.from({ length: JOBS }, () => crypto.randomUUID());
    for (const status of ['running', 'calibrating'])
      await Promise.all(ids.map((id) => publish(JSON.stringify({ id, status, labels: ['outage'] }), id)));
    await publish('this is no JSON', ids[0] as string);
    const waiting = async (QueueUrl: string): Promise<number> => {
      const AttributeNames = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'];
      const { Attributes } = await callSqs(bus, 'GetQueueAttributes', { QueueUrl, AttributeNames });
      return Object.values(Attributes as Record<string, string>).reduce((sum, count) => sum + Number(count), 0);
    };
    // The poison is moved though the database is away, when its turn comes; nothing else leaves the queue.
    const there = (await waiting(updateQueueUrl)) + (await waiting(updateDeadLetterQueueUrl));
    expect(there).toBeGreaterThanOrEqual(2 * JOBS + 1);

    await start('database', '--database-port', new URL(url).port);
    await eventually('an empty update queue', async () => (await waiting(updateQueueUrl)) === 0 || undefined, 90);
    const query = {
      query: { bool: { filter: [{ term: { labels: 'outage' } }, { term: { status: 'calibrating' } }] } },
    };
    const found = await eventually('all jobs', async () => {
      const { body } = await call('POST', `${url}/jobs/_search`, { ...query, size: 0, track_total_hits: true });
      return body.hits.total.value >= JOBS ? body.hits.total.value : undefined;
    });
    expect(found).toBe(JOBS);
    const dead = await callSqs(bus, 'ReceiveMessage', {
      QueueUrl: updateDeadLetterQueueUrl,
      MaxNumberOfMessages: 10,
      MessageAttributeNames: ['All'],
    });
    expect(dead.Messages).toMatchObject([
      {
        Body: expect.stringContaining('this is no JSON'),
        MessageAttributes: { reason: { StringValue: expect.stringMatching(/JSON/) } },
      },
    ]);
  });
});
