import type { AdesContext } from '../ades-context.ts';
import type { AdesApp } from '../http/ades-app.ts';
import { described, responses } from '../http/schemas.ts';
import { checkResultsReady } from '../jobs/check-results-ready.ts';
import { loadJob } from '../jobs/load-job.ts';
import { ogcResults } from '../jobs/ogc-results.ts';
import { jobParams } from './process-params.ts';

/** `GET /jobs/{id}/results`: the results of a job that succeeded, as a document: output id → value or link. */
export function getResults(app: AdesApp, context: AdesContext): void {
  app.route({
    method: 'GET',
    url: '/jobs/:jobId/results',
    schema: {
      tags: ['Jobs'],
      summary: 'Results of a job',
      params: jobParams,
      response: responses({ 200: described('Output id → value or link') }, 404, 410, 500),
    },
    handler: async (request) => {
      const job = await loadJob(context.database, request.params.jobId);
      checkResultsReady(job);
      return ogcResults(job);
    },
  });
}
