import { DaybookError } from '@daybook/errors';
import { Type } from 'typebox';
import type { AdesContext } from '../ades-context.ts';
import type { AdesApp } from '../http/ades-app.ts';
import { baseUrl } from '../http/base-url.ts';
import { responses, statusInfoSchema } from '../http/schemas.ts';
import { changeLabels, checkLabelChange } from '../jobs/change-labels.ts';
import { loadJob } from '../jobs/load-job.ts';
import { ogcStatusInfo } from '../jobs/ogc-job.ts';
import { jobParams } from './process-params.ts';

const Labels = Type.Optional(Type.Array(Type.String({ minLength: 1 })));
const Body = Type.Object({ 'add-labels': Labels, 'remove-labels': Labels }, { additionalProperties: false });

/** `PATCH /jobs/{id}`: adds and removes labels. */
export function changeJob(app: AdesApp, context: AdesContext): void {
  app.route({
    method: 'PATCH',
    url: '/jobs/:jobId',
    schema: {
      tags: ['Jobs'],
      summary: 'Change the labels of a job',
      description:
        'Both lists may be given; a label that is there is not added again, one that is not there is no error to remove.',
      params: jobParams,
      body: Body,
      response: responses({ 200: statusInfoSchema }, 400, 404, 413, 415, 503),
    },
    handler: async (request) => {
      const { jobId } = request.params;
      const change = { add: request.body['add-labels'] ?? [], remove: request.body['remove-labels'] ?? [] };
      if (change.add.length + change.remove.length === 0) {
        throw new DaybookError('invalid-argument', 'body must have a label in add-labels or remove-labels');
      }
      checkLabelChange(change);
      await changeLabels(context.database, await loadJob(context.database, jobId), change);
      return ogcStatusInfo(await loadJob(context.database, jobId), baseUrl(request, context.publicUrl));
    },
  });
}
