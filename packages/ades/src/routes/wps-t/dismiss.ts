import type { AdesContext } from '../../ades-context.ts';
import type { AdesApp } from '../../http/ades-app.ts';
import { described, responses } from '../../http/schemas.ts';
import { dismissJob } from '../../jobs/dismiss-job.ts';
import { loadJob } from '../../jobs/load-job.ts';
import { userOf } from '../../jobs/user-of.ts';
import { wpsTStatusInfo } from '../../jobs/wps-t-job.ts';
import { processJobParams } from '../process-params.ts';

/** `DELETE /processes/{id}:{version}/jobs/{jobID}`: dismisses an open job, removes the outputs of one that ended. */
export function wpsTDismiss(app: AdesApp, context: AdesContext): void {
  app.route({
    method: 'DELETE',
    url: '/processes/:processId/jobs/:jobId',
    schema: {
      tags: ['WPS-T jobs'],
      summary: 'Dismiss a job',
      params: processJobParams,
      response: responses({ 200: described('`statusInfo`') }, 404, 503),
    },
    handler: async (request) => {
      const { processId, jobId } = request.params;
      const job = await loadJob(context.database, jobId, processId);
      return { statusInfo: wpsTStatusInfo(await dismissJob(context, job, userOf(request))) };
    },
  });
}
