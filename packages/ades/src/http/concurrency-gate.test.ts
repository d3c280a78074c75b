import { EventEmitter } from 'node:events';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { describe, expect, it } from 'vitest';
import { createConcurrencyGate } from './concurrency-gate.ts';

const request = () => ({}) as FastifyRequest;
const reply = () => ({ raw: new EventEmitter() }) as unknown as FastifyReply;

describe('a gate', () => {
  it('lets in as many as it may, and the next once one has been answered', async () => {
    const gate = createConcurrencyGate(2, 'full');
    const replies = [reply(), reply()];
    for (const each of replies) await gate.onRequest(request(), each);
    await expect(gate.onRequest(request(), reply())).rejects.toMatchObject({ code: 'unavailable', message: 'full' });
    replies[0]!.raw.emit('close');
    await gate.onRequest(request(), reply());
    await expect(gate.onRequest(request(), reply())).rejects.toThrow('full');
  });

  it('counts what is at work until it is done, though its caller has left, and then once', async () => {
    const gate = createConcurrencyGate(1, 'full');
    const [one, its] = [request(), reply()];
    await gate.onRequest(one, its);
    let end: () => void = () => undefined;
    const work = gate.run(
      one,
      () =>
        new Promise<void>((resolve) => {
          end = resolve;
        }),
    );
    its.raw.emit('close');
    await expect(gate.onRequest(request(), reply())).rejects.toThrow('full');
    end();
    await work;
    await gate.onRequest(request(), reply());
    await expect(gate.onRequest(request(), reply())).rejects.toThrow('full');
  });
});
