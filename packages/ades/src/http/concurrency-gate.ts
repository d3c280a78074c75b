import { DaybookError } from '@daybook/errors';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** Lets only so many requests in at once, before their bodies are read; one more is refused with 503 and `Retry-After`. */
export interface ConcurrencyGate {
  /** The hook by which a route's requests enter; a place is free when its answer is sent, or its caller has left. */
  readonly onRequest: (request: FastifyRequest, reply: FastifyReply) => Promise<void>;
  /** Does what a request that entered asks for; its place is then free when that is done, also where the caller has left before. */
  run<T>(request: FastifyRequest, work: () => Promise<T>): Promise<T>;
}

/** A gate; `whenFull` is said to one more than may enter. */
export function createConcurrencyGate(limit: number, whenFull: string): ConcurrencyGate {
  const inside = new Set<FastifyRequest>();
  const working = new Set<FastifyRequest>();
  return {
    async onRequest(request, reply) {
      if (inside.size >= limit) throw new DaybookError('unavailable', whenFull);
      inside.add(request);
      reply.raw.once('close', () => {
        if (!working.has(request)) inside.delete(request);
      });
    },
    async run(request, work) {
      working.add(request);
      try {
        return await work();
      } finally {
        working.delete(request);
        inside.delete(request);
      }
    },
  };
}
