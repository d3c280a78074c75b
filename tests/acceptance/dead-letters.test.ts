import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callSns, callSqs } from '../support/bus-wire.ts';
import { type Daybook, startOnTarget } from '../support/daybook.ts';
import { root } from '../support/program.ts';
import { eventually } from '../support/wait.ts';
import { jobDocument } from '../support/wps-t.ts';

let daybook: Daybook;
let bus: string;

beforeAll(async () => {
  daybook = await startOnTarget({ flags: ['--slots', '0'] });
  bus = daybook.bus as string;
});
afterAll(() => daybook.stop());

/** Runs `daybook dead-letters` and gives what it printed. */
async function deadLetters(...args: string[]): Promise<string> {
  const program = join(root, 'packages/server/bin/daybook.js');
  const { updateQueueUrl, updateDeadLetterQueueUrl } = daybook.busResources;
  const flags = [
    ...['--aws-endpoint', bus],
    ...['--update-queue-url', updateQueueUrl],
    ...['--update-dead-letter-queue-url', updateDeadLetterQueueUrl],
  ];
  const aws = { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' };
  const environment = { env: { ...process.env, ...aws } };
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [program, 'dead-letters', ...args, ...flags],
    environment,
  );
  return stdout;
}

async function publish(message: string, group: string): Promise<void> {
  await callSns(bus, 'Publish', {
    TopicArn: daybook.busResources.topicArn,
    Message: message,
    MessageGroupId: group,
    MessageDeduplicationId: crypto.randomUUID(),
  });
}

/** The listing once it shows `count` dead letters. */
function listing(count: number): Promise<string> {
  return eventually(`${count} dead letters`, async () => {
    const text = await deadLetters('list');
    return text.endsWith(`\n${count} dead letters\n`) || text === `${count} dead letters\n` ? text : undefined;
  });
}

describe('daybook dead-letters', () => {
  it('lists, shows, replays and discards the updates that could not be applied', async () => {
    await publish('this is no JSON', 'job-1');
    await publish(JSON.stringify({ status: 'of no job' }), 'job-2');
    const both = await listing(2);
    const lines = both.split('\n');
    const at = lines.findIndex((line) => line.endsWith('job job-1'));
    const [id = ''] = (lines[at] ?? '').split(' ');
    expect(lines[at + 1]).toMatch(/JSON/);
    expect(lines[at + 2]).toContain('this is no JSON');

    const shown = await deadLetters('show', id);
    expect(shown).toContain('job     job-1');
    expect(shown).toContain('this is no JSON');
    await expect(deadLetters('show', 'none')).rejects.toThrow('there is no dead letter "none"');

    expect(await deadLetters('replay', id)).toBe('1 replayed\n');
    const again = await listing(2);
    expect(again).toContain('this is no JSON');
    expect(again).not.toContain(id);

    await expect(deadLetters('discard', '--all')).rejects.toThrow('--yes');
    await expect(deadLetters('discard', '--yes')).rejects.toThrow('--all');
    expect(await deadLetters('discard', '--all', '--yes')).toBe('2 discarded\n');
    expect(await listing(0)).toBe('0 dead letters\n');
  });

  it('replays an update that can be applied by now', async () => {
    const id = crypto.randomUUID();
    const QueueUrl = daybook.busResources.updateDeadLetterQueueUrl;
    const MessageBody = JSON.stringify({ id, status: 'replayed' });
    await callSqs(bus, 'SendMessage', { QueueUrl, MessageBody, MessageGroupId: id, MessageDeduplicationId: id });
    expect(await deadLetters('replay', '--all')).toBe('1 replayed\n');
    const document = await eventually('the replayed update', () => jobDocument(daybook.database, id));
    expect(document.status).toBe('replayed');
    expect(await listing(0)).toBe('0 dead letters\n');
  });
});
