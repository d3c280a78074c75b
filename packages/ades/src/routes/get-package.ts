import { DaybookError } from '@daybook/errors';
import type { AdesContext } from '../ades-context.ts';
import { isBuiltIn } from '../built-in/built-in-processes.ts';
import { wantsHtml } from '../html/wants-html.ts';
import type { AdesApp } from '../http/ades-app.ts';
import { described, responses } from '../http/schemas.ts';
import { loadProcess } from '../processes/load-process.ts';
import { processParams } from './process-params.ts';

/** `GET /processes/{id}/package`: what the process was deployed or last replaced with, as it came. */
export function getPackage(app: AdesApp, context: AdesContext): void {
  app.route({
    method: 'GET',
    url: '/processes/:processId/package',
    schema: {
      tags: ['Processes'],
      summary: 'Package of a process',
      params: processParams,
      response: responses({ 200: described('The body of its deploy') }, 404),
    },
    handler: async (request, reply) => {
      const process = await loadProcess(context.database, request.params.processId);
      if (isBuiltIn(process))
        throw new DaybookError('not-found', `Process ${process.id} is built in: it has no package`);
      const { package: deployed } = process;
      if (wantsHtml(request)) return { mediaType: deployed.mediaType, body: deployed.body };
      return reply
        .type(deployed.mediaType)
        .header('x-content-type-options', 'nosniff')
        .send(Buffer.from(deployed.body));
    },
  });
}
