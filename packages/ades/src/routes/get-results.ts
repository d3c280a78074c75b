import type { AdesContext } from '../ades-context.ts';
import type { AdesApp } from '../http/ades-app.ts';
import { described, responses } from '../http/schemas.ts';
import { loadJob } from '../jobs/load-job.ts';
import { jobParams } from './process-params.ts';
import { sendResults } from './send-results.ts';

/** `GET /jobs/{id}/results`: the results of a job that succeeded, in the form that its execute request asked for. */
export function getResults(app: AdesApp, context: AdesContext): void {
  app.route({
    method: 'GET',
    url: '/jobs/:jobId/results',
    schema: {
      tags: ['Jobs'],
      summary: 'Results of a job',
      params: jobParams,
      response: responses(
        {
          200: described('A document (output id → value or link), or the bare values'),
          204: described('References only: Link headers'),
        },
        404,
        410,
        500,
      ),
    },
    handler: async (request, reply) =>
      sendResults(context, request, reply, await loadJob(context.database, request.params.jobId)),
  });
}
