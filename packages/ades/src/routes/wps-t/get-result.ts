import { Type } from 'typebox';
import type { AdesContext } from '../../ades-context.ts';
import type { AdesApp } from '../../http/ades-app.ts';
import { responses } from '../../http/schemas.ts';
import { checkResultsReady } from '../../jobs/check-results-ready.ts';
import { loadJob } from '../../jobs/load-job.ts';
import { wpsTResult } from '../../jobs/wps-t-result.ts';
import { processJobParams } from '../process-params.ts';

const Result = Type.Object({
  outputs: Type.Array(Type.Object({ id: Type.String(), mimeType: Type.String(), href: Type.String() })),
});

/** `GET /processes/{id}:{version}/jobs/{jobID}/result`: where each output of a job that succeeded can be read. */
export function wpsTGetResult(app: AdesApp, context: AdesContext): void {
  app.route({
    method: 'GET',
    url: '/processes/:processId/jobs/:jobId/result',
    schema: {
      tags: ['WPS-T jobs'],
      summary: 'Result of a job',
      params: processJobParams,
      response: responses({ 200: Result }, 404, 410, 500),
    },
    handler: async (request) => {
      const { processId, jobId } = request.params;
      const job = await loadJob(context.database, jobId, processId);
      checkResultsReady(job);
      return wpsTResult(job);
    },
  });
}
