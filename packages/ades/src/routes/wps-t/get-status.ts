import type { AdesContext } from '../../ades-context.ts';
import type { AdesApp } from '../../http/ades-app.ts';
import { responses, wpsTStatusSchema } from '../../http/schemas.ts';
import { loadJob } from '../../jobs/load-job.ts';
import { wpsTJobStatus } from '../../jobs/wps-t-job.ts';
import { processJobParams } from '../process-params.ts';

/** `GET /processes/{id}:{version}/jobs/{jobID}`: a job's status in the words of WPS-T. */
export function wpsTGetStatus(app: AdesApp, context: AdesContext): void {
  app.route({
    method: 'GET',
    url: '/processes/:processId/jobs/:jobId',
    schema: {
      tags: ['WPS-T jobs'],
      summary: 'Status of a job',
      params: processJobParams,
      response: responses({ 200: wpsTStatusSchema }, 404),
    },
    handler: async (request) => {
      const { processId, jobId } = request.params;
      return wpsTJobStatus(await loadJob(context.database, jobId, processId));
    },
  });
}
