import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openMessageBus } from './open-message-bus.ts';

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'message-content-'));
});
afterEach(() => rm(directory, { recursive: true }));

it('gives back more content than is kept in memory, before and after a restart and through compactions', async () => {
  const bodyOf = (at: number) => `${at}\n${'é'.repeat(60_000)}`;
  let bus = await openMessageBus({ directory });
  await bus.createQueue({ name: 'deep', fifo: false, settings: { visibilityTimeoutSeconds: 0 } });
  await bus.createQueue({ name: 'busy', fifo: false });
  for (let at = 0; at < 200; at++) await bus.send('deep', [{ body: bodyOf(at) }]);
  for (let at = 0; at < 400; at++) {
    await bus.send('busy', [{ body: bodyOf(at) }]);
    const [received] = await bus.receive('busy', {});
    await bus.deleteMessages('busy', [received!.receiptHandle]);
  }
  for (const round of ['before', 'after']) {
    for (let at = 0; at < 200; at++) {
      const [message] = await bus.receive('deep', { visibilityTimeoutSeconds: 600 });
      expect([round, message!.body === bodyOf(at)]).toEqual([round, true]);
      if (round === 'after') await bus.deleteMessages('deep', [message!.receiptHandle]);
      else
        await bus.changeVisibility('deep', [{ receiptHandle: message!.receiptHandle, visibilityTimeoutSeconds: 600 }]);
    }
    if (round === 'after') break;
    await bus.close();
    // The visibility timeouts are over by then.
    bus = await openMessageBus({ directory, now: () => Date.now() + 3_600_000 });
  }
  expect(bus.describeQueue('deep')?.counts).toEqual({ visible: 0, inFlight: 0, delayed: 0 });
  await bus.close();
});

it('refuses a record that is none, and names its place', async () => {
  const { openLog } = await import('@daybook/durable-log');
  const log = await openLog({ directory });
  log.append(Buffer.from('{"type":"counter"'));
  await log.close();
  await expect(openMessageBus({ directory })).rejects.toThrow(/byte 24 of segment 1 .* is no journal record/);
});

it('tells of a record that a crash cut short', async () => {
  const { appendFile } = await import('node:fs/promises');
  const bus = await openMessageBus({ directory });
  await bus.createQueue({ name: 'q', fifo: false });
  await bus.close();
  await appendFile(join(directory, '0000000001.log'), 'torn');
  const torn: number[] = [];
  const again = await openMessageBus({ directory, onTornTail: (_position, bytes) => torn.push(bytes) });
  expect(torn).toEqual([4]);
  expect(again.describeQueue('q')).toBeDefined();
  await again.close();
});
