import type { AdesContext } from '../ades-context.ts';
import type { AdesApp } from '../http/ades-app.ts';
import { noSuchProcess } from '../http/exception.ts';
import { described, responses } from '../http/schemas.ts';
import { loadMutableProcess } from '../processes/load-process.ts';
import { wpsTProcessEntry } from '../processes/wps-t-process.ts';
import { processParams } from './process-params.ts';

/** `DELETE /processes/{id}`: 200 with a body for a process deployed in the WPS-T form, 204 for one in an OGC form. Its jobs stay. */
export function undeploy(app: AdesApp, context: AdesContext): void {
  app.route({
    method: 'DELETE',
    url: '/processes/:processId',
    schema: {
      tags: ['Processes'],
      summary: 'Undeploy a process',
      params: processParams,
      response: responses({ 200: described('`undeploymentResult` (WPS-T)'), 204: described('Done (OGC)') }, 403, 404),
    },
    handler: async (request, reply) => {
      const process = await loadMutableProcess(context.database, request.params.processId);
      if (!(await context.database.processes.delete(process.id))) throw noSuchProcess(process.id);
      if (process.form === 'ogc') return reply.code(204).send();
      return { undeploymentResult: wpsTProcessEntry(process) };
    },
  });
}
