import { afterEach, describe, expect, it, vi } from 'vitest';
import { memoryQueue } from './memory-queue.fixture.ts';
import type { QueueEvent, QueueEventHandler } from './queue-event.ts';
import { type Poller, type PollerOptions, startPoller } from './start-poller.ts';

let poller: Poller | undefined;
afterEach(() => poller?.stop());

function start(handler: QueueEventHandler, options: Partial<PollerOptions> = {}) {
  const queue = memoryQueue();
  poller = startPoller({ sqs: queue.sqs, queueUrl: 'q', handler, retryMs: { first: 1, longest: 5 }, ...options });
  return { queue, poller };
}

const allDone: QueueEventHandler = async () => ({ batchItemFailures: [] });

describe('the poller', () => {
  it('handles what comes and acknowledges it', async () => {
    const bodies: string[] = [];
    const { queue, poller } = start(async ({ Records }) => {
      bodies.push(...Records.map(({ body }) => body));
      return { batchItemFailures: [] };
    });
    queue.put('a', 'b');
    await vi.waitFor(() => expect(poller.health()).toEqual({ state: 'polling', done: 2, left: 0 }));
    expect(bodies).toEqual(['a', 'b']);
    expect(queue.inFlight()).toBe(0);
  });

  it('takes a deep queue in large batches, none beyond the limit', async () => {
    const sizes: number[] = [];
    const handler: QueueEventHandler = async ({ Records }: QueueEvent) => {
      sizes.push(Records.length);
      return { batchItemFailures: [] };
    };
    const queue = memoryQueue();
    queue.put(...Array.from({ length: 725 }, (_, i) => String(i)));
    poller = startPoller({ sqs: queue.sqs, queueUrl: 'q', handler, maxBatch: 300 });
    await vi.waitFor(() => expect(poller?.health().done).toBe(725));
    expect(Math.max(...sizes)).toBe(300);
    expect(sizes.length).toBeLessThan(10);
  });

  it('leaves what failed to come again, and takes it then', async () => {
    let tries = 0;
    const { queue, poller } = start(async ({ Records }) => ({
      batchItemFailures: Records.filter(({ body }) => body === 'bad' && ++tries < 3).map(({ messageId }) => ({
        itemIdentifier: messageId,
      })),
    }));
    queue.put('good', 'bad');
    await vi.waitFor(() => expect(poller.health()).toEqual({ state: 'polling', done: 2, left: 2 }));
    expect(tries).toBe(3);
  });

  it('receives nothing while what it writes to is away', async () => {
    let away = true;
    let asked = 0;
    const { queue, poller } = start(
      async ({ Records }) => ({
        batchItemFailures: away ? Records.map(({ messageId }) => ({ itemIdentifier: messageId })) : [],
      }),
      {
        isReady: async () => {
          asked++;
          return !away;
        },
      },
    );
    queue.put('a');
    await vi.waitFor(() => expect(poller.health().state).toBe('waiting'));
    const receives = queue.receives();
    await vi.waitFor(() => expect(asked).toBeGreaterThan(5));
    expect(queue.receives()).toBe(receives);
    away = false;
    await vi.waitFor(() => expect(poller.health()).toMatchObject({ state: 'polling', done: 1 }));
  });

  it('waits for a queue that is away, and says so once', async () => {
    const log: string[] = [];
    const { queue, poller } = start(allDone, { log: (line) => log.push(line), waitTimeSeconds: 0 });
    queue.away = true;
    await vi.waitFor(() => expect(poller.health()).toMatchObject({ state: 'waiting', reason: 'the queue is away' }));
    queue.put('a');
    queue.away = false;
    await vi.waitFor(() => expect(poller.health()).toMatchObject({ state: 'polling', done: 1 }));
    expect(log).toEqual(['Job updates wait: the queue is away', 'Job updates flow again']);
  });

  it('outlives a handler that throws', async () => {
    const { queue, poller } = start(async () => {
      throw new Error('bug');
    });
    queue.put('a');
    await vi.waitFor(() => expect(poller.health().reason).toContain('bug'));
    expect(queue.inFlight()).toBe(1);
  });

  it('finishes and acknowledges the batch in hand before it stops', async () => {
    let finish = (): void => undefined;
    const { queue, poller } = start(async () => {
      await new Promise<void>((resolve) => {
        finish = resolve;
      });
      return { batchItemFailures: [] };
    });
    queue.put('a');
    await vi.waitFor(() => expect(queue.inFlight()).toBe(1));
    const stopped = poller.stop();
    queue.put('b');
    await vi.waitFor(() => expect(finish.name).not.toBe('finish'));
    finish();
    await stopped;
    expect(poller.health()).toEqual({ state: 'stopped', done: 1, left: 0 });
    expect(queue.visible()).toEqual(['b']);
  });

  it('stops at once while it waits for messages', async () => {
    const { queue, poller } = start(allDone);
    await vi.waitFor(() => expect(queue.receives()).toBeGreaterThan(0));
    const began = Date.now();
    await poller.stop();
    expect(Date.now() - began).toBeLessThan(2000);
  });
});
