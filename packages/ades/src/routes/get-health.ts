import type { AdesContext } from '../ades-context.ts';
import { reportHealth } from '../health.ts';
import type { AdesApp } from '../http/ades-app.ts';
import { described, responses } from '../http/schemas.ts';
import { listWorkers } from '../list-workers.ts';

/** `GET /health`: each part of the system, 503 unless all are ready, and every worker that shares the database. `/health/ready` answers alike, `/health/live` as long as the process does. */
export function getHealth(app: AdesApp, context: AdesContext): void {
  for (const url of ['/health', '/health/ready']) {
    app.route({
      method: 'GET',
      url,
      schema: {
        tags: ['Server'],
        summary: 'Health of each part',
        response: responses({
          200: described('All parts are ready'),
          503: described('A part has failed, or waits for something'),
        }),
      },
      handler: async (_request, reply) => {
        const { database, health, limits } = context;
        const [report, workers] = await Promise.all([
          reportHealth(health, limits.healthTimeoutMs),
          listWorkers(database, limits.healthTimeoutMs),
        ]);
        return reply.code(report.status === 'ready' ? 200 : 503).send({ ...report, workers });
      },
    });
  }
  app.route({
    method: 'GET',
    url: '/health/live',
    schema: { tags: ['Server'], summary: 'Whether the ADES runs', response: responses({ 200: described('It does') }) },
    handler: async () => ({ status: 'ready' }),
  });
}
