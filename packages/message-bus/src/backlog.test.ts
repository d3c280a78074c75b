import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFaultInjectingFileSystem } from '@daybook/durable-log';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Backlog } from './backlog.ts';
import type { ContentPlace } from './message.ts';
import { openMessageBus } from './open-message-bus.ts';

const placeOf = (sequence: number, segment: number): ContentPlace => ({ segment, offset: sequence, bytes: 9 });

it('has what was added and neither moved nor taken out, the oldest first, in whatever order it came', () => {
  const sequence = fc.integer({ min: 1, max: 20_000 });
  const run = fc.record({ kind: fc.constant('run' as const), start: sequence, step: fc.integer({ min: 1, max: 4 }) });
  const one = fc.record({ kind: fc.constantFrom('delete', 'move', 'take'), sequence });
  fc.assert(
    fc.property(fc.array(fc.oneof(run, one), { maxLength: 40 }), (steps) => {
      const backlog = new Backlog();
      const model = new Map<number, number>();
      for (const [at, step] of steps.entries()) {
        if (step.kind === 'run') {
          for (let next = step.start; next < step.start + 6000; next += step.step) {
            const state = { sequence: next, groupId: `${next}`, sentAt: next, visibleAt: next, receiveCount: 0 };
            if (!model.has(next) && backlog.add(state, placeOf(next, at))) model.set(next, at);
          }
        } else if (step.kind === 'move') {
          backlog.move(step.sequence, placeOf(step.sequence, at));
          if (model.has(step.sequence)) model.set(step.sequence, at);
        } else {
          const taken = step.kind === 'take' ? (backlog.first()?.state.sequence ?? 0) : step.sequence;
          backlog.delete(taken);
          model.delete(taken);
        }
        const oldest = Math.min(...model.keys());
        expect(backlog.first()?.state.sequence ?? Infinity).toBe(oldest);
        expect([backlog.size, backlog.contentBytes]).toEqual([model.size, model.size * 9]);
      }
      expect([...backlog.sequences()].sort((a, b) => a - b)).toEqual([...model.keys()].sort((a, b) => a - b));
      for (const [each, segment] of model) {
        expect(backlog.get(each)).toEqual({
          state: { sequence: each, groupId: `${each}`, sentAt: each, visibleAt: each, receiveCount: 0 },
          content: placeOf(each, segment),
        });
      }
    }),
    { numRuns: 30 },
  );
});

it('a message of the backlog whose receive a crash has lost may still be deleted, and its group stays in order', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'backlog-'));
  const fileSystem = createFaultInjectingFileSystem();
  const open = () => openMessageBus({ directory, fileSystem, readyMessages: 1 });
  let bus = await open();
  await bus.createQueue({ name: 'q.fifo', fifo: true });
  const groups = ['A', 'B', 'C', 'C'];
  const messages = groups.map((groupId, at) => ({ body: `${at}`, groupId, deduplicationId: `${at}` }));
  await bus.send('q.fifo', messages);
  const received = await bus.receive('q.fifo', { maxMessages: 3 });
  expect(received.map(({ body }) => body)).toEqual(['0', '1', '2']);
  fileSystem.cutPower();
  await bus.close().catch(() => {});
  bus = await open();
  expect(await bus.deleteMessages('q.fifo', [received[2]!.receiptHandle])).toMatchObject([{ ok: true }]);
  expect((await bus.receive('q.fifo', { maxMessages: 10 })).map(({ body }) => body)).toEqual(['0', '1', '3']);
  await bus.close();
  await rm(directory, { recursive: true });
});
