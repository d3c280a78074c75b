import type { AdesContext } from '../ades-context.ts';
import { jobPage } from '../html/job-page.ts';
import { wantsHtml } from '../html/wants-html.ts';
import type { AdesApp } from '../http/ades-app.ts';
import { baseUrl } from '../http/base-url.ts';
import { responses, statusInfoSchema } from '../http/schemas.ts';
import { loadJob } from '../jobs/load-job.ts';
import { ogcStatusInfo } from '../jobs/ogc-job.ts';
import { jobParams } from './process-params.ts';

/** `GET /jobs/{id}`: a job's status as statusInfo. */
export function getStatus(app: AdesApp, context: AdesContext): void {
  app.route({
    method: 'GET',
    url: '/jobs/:jobId',
    schema: {
      tags: ['Jobs'],
      summary: 'Status of a job',
      params: jobParams,
      response: responses({ 200: statusInfoSchema }, 404),
    },
    handler: async (request) => {
      const job = await loadJob(context.database, request.params.jobId);
      const url = baseUrl(request, context.publicUrl);
      return wantsHtml(request) ? jobPage(job, url) : ogcStatusInfo(job, url);
    },
  });
}
