import { Type } from 'typebox';
import type { AdesContext } from '../ades-context.ts';
import type { AdesApp } from '../http/ades-app.ts';
import { baseUrl } from '../http/base-url.ts';
import { pageLinks, pageQuery, parsePage } from '../http/page.ts';
import { described, linkSchema, responses } from '../http/schemas.ts';
import { loadJob } from '../jobs/load-job.ts';
import { explainUpdates } from '../updates/explain-updates.ts';
import { jobParams } from './process-params.ts';

const DEFAULT_LIMIT = 100;

const Query = Type.Object(pageQuery);

/** `GET /jobs/{id}/updates`: what its submitter, worker and steps said of a job, the oldest first, and what each changed. */
export function getUpdates(app: AdesApp, context: AdesContext): void {
  app.route({
    method: 'GET',
    url: '/jobs/:jobId/updates',
    schema: {
      tags: ['Jobs'],
      summary: 'Updates of a job',
      description:
        'As they came, in the order of their times; `changes` names the members of the job that each changed.',
      params: jobParams,
      querystring: Query,
      response: responses(
        {
          200: Type.Object({
            updates: Type.Array(described('An update, and `changes`')),
            links: Type.Array(linkSchema),
          }),
        },
        400,
        404,
      ),
    },
    handler: async (request) => {
      const job = await loadJob(context.database, request.params.jobId);
      const page = parsePage(request.query, DEFAULT_LIMIT);
      const { items, total } = await explainUpdates(context.database, job.id, page);
      return { updates: items, links: pageLinks(`${baseUrl(request, context.publicUrl)}${request.url}`, page, total) };
    },
  });
}
