import type { AdesContext } from '../ades-context.ts';
import type { AdesApp } from '../http/ades-app.ts';
import { baseUrl } from '../http/base-url.ts';
import { processDescriptionSchema, responses } from '../http/schemas.ts';
import { serverInputNames } from '../jobs/server-inputs.ts';
import { loadProcess } from '../processes/load-process.ts';
import { processDescription } from '../processes/ogc-process.ts';
import { processParams } from './process-params.ts';

/** `GET /processes/{id}`: the OGC description, and the WPS-T one in its member `process`. */
export function getProcessDescription(app: AdesApp, context: AdesContext): void {
  app.route({
    method: 'GET',
    url: '/processes/:processId',
    schema: {
      tags: ['Processes'],
      summary: 'Description of a process',
      params: processParams,
      response: responses({ 200: processDescriptionSchema }, 404),
    },
    handler: async (request) => {
      const process = await loadProcess(context.database, request.params.processId);
      const hidden = serverInputNames(context.serverInputs);
      return processDescription(process, baseUrl(request, context.publicUrl), hidden);
    },
  });
}
