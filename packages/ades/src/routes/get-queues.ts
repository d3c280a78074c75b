import { Type } from 'typebox';
import type { AdesContext } from '../ades-context.ts';
import type { AdesApp } from '../http/ades-app.ts';
import { responses } from '../http/schemas.ts';
import { listQueues } from '../queues/list-queues.ts';

const Queue = Type.Object({
  name: Type.String({ description: '`requests`: accepted jobs; `updates`: what is heard of jobs' }),
  waiting: Type.Integer(),
  'in-flight': Type.Integer(),
  'oldest-seconds': Type.Optional(Type.Number()),
  'dead-letters': Type.Optional(Type.Integer()),
});

/** `GET /queues`: how much waits in the queues between the parts. */
export function getQueues(app: AdesApp, context: AdesContext): void {
  app.route({
    method: 'GET',
    url: '/queues',
    schema: {
      tags: ['Campaigns'],
      summary: 'The queues between the parts',
      response: responses({ 200: Type.Object({ queues: Type.Array(Queue) }) }, 503),
    },
    handler: async () => ({ queues: await listQueues(context.queues, context.database) }),
  });
}
