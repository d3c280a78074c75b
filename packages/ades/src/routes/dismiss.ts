import type { AdesContext } from '../ades-context.ts';
import type { AdesApp } from '../http/ades-app.ts';
import { baseUrl } from '../http/base-url.ts';
import { responses, statusInfoSchema } from '../http/schemas.ts';
import { dismissJob } from '../jobs/dismiss-job.ts';
import { loadJob } from '../jobs/load-job.ts';
import { ogcDismissedInfo } from '../jobs/ogc-job.ts';
import { userOf } from '../jobs/user-of.ts';
import { jobParams } from './process-params.ts';

/** `DELETE /jobs/{id}`: dismisses an open job, removes the outputs of one that ended. */
export function dismiss(app: AdesApp, context: AdesContext): void {
  app.route({
    method: 'DELETE',
    url: '/jobs/:jobId',
    schema: {
      tags: ['Jobs'],
      summary: 'Dismiss a job',
      params: jobParams,
      response: responses({ 200: statusInfoSchema }, 404, 503),
    },
    handler: async (request) => {
      const job = await loadJob(context.database, request.params.jobId);
      const dismissed = await dismissJob(context, job, userOf(request));
      return ogcDismissedInfo(dismissed, baseUrl(request, context.publicUrl));
    },
  });
}
