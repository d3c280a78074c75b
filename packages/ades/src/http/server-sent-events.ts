import type { Readable } from 'node:stream';
import { DaybookError } from '@daybook/errors';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** Answers with events until they end. Proxies that gather what they pass on are asked not to. */
export function sendEvents(reply: FastifyReply, events: Readable): FastifyReply {
  reply.headers({ 'cache-control': 'no-store', 'x-accel-buffering': 'no', 'x-content-type-options': 'nosniff' });
  return reply.type('text/event-stream').send(events);
}

/** The id behind which a client goes on; undefined where it begins. `meaning` says in the error of a wrong one what was expected. */
export function lastEventId(request: FastifyRequest, meaning: string): number | undefined {
  const id = request.headers['last-event-id'];
  if (id === undefined || id === '') return undefined;
  if (typeof id === 'string' && /^\d{1,15}$/.test(id)) return Number(id);
  const found = JSON.stringify(String(id).slice(0, 100));
  throw new DaybookError('invalid-argument', `Last-Event-ID: expected ${meaning}, found ${found}`);
}
