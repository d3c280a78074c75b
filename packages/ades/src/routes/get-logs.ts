import { Type } from 'typebox';
import type { AdesContext } from '../ades-context.ts';
import type { AdesApp } from '../http/ades-app.ts';
import { baseUrl, pathSegment } from '../http/base-url.ts';
import { described, responses } from '../http/schemas.ts';
import { loadJob } from '../jobs/load-job.ts';
import { findLogs } from '../logs/find-logs.ts';
import { logPath, parseStoredName } from '../logs/log-name.ts';
import { jobParams } from './process-params.ts';

const Query = Type.Object({
  attempt: Type.Optional(Type.Integer({ minimum: 1, description: 'Default: the one that counts' })),
});

/** `GET /jobs/{id}/logs`: the logs of an attempt, also while it runs; none before it begins. */
export function getLogs(app: AdesApp, context: AdesContext): void {
  app.route({
    method: 'GET',
    url: '/jobs/:jobId/logs',
    schema: {
      tags: ['Jobs'],
      summary: 'Logs of a job',
      description: 'Standard output and error of each run of a tool, and the log of cwltool itself.',
      params: jobParams,
      querystring: Query,
      response: responses({ 200: described('`logs`, each with `id`, `stream`, `size` and `href`') }, 404, 410),
    },
    handler: async (request) => {
      const job = await loadJob(context.database, request.params.jobId);
      const { outputStore } = context;
      const attempt = await findLogs(outputStore, job, request.query.attempt);
      if (attempt === undefined) return { logs: [] };
      const url = `${baseUrl(request, context.publicUrl)}/jobs/${pathSegment(job.id)}/logs`;
      const stored = (await outputStore.logs.list(job.id, attempt)) ?? [];
      const query = request.query.attempt === undefined ? '' : `?attempt=${attempt}`;
      const logs = stored.flatMap(({ name, sizeBytes }) => {
        const log = parseStoredName(name);
        return log === undefined ? [] : { ...log, size: sizeBytes, href: `${url}/${logPath(log)}${query}` };
      });
      return { attempt, logs };
    },
  });
}
