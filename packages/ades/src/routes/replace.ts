import { Type } from 'typebox';
import type { AdesContext } from '../ades-context.ts';
import type { AdesApp } from '../http/ades-app.ts';
import { described, responses } from '../http/schemas.ts';
import { replaceProcess } from '../processes/deploy-process.ts';
import { processParams } from './process-params.ts';
import { deployBodySchema, readDeployCommand } from './read-deploy-command.ts';

const Query = Type.Object({ w: Type.Optional(Type.String()) });

/** `PUT /processes/{id}`: replaces a process. Jobs that are not started yet run the new one. */
export function replace(app: AdesApp, context: AdesContext): void {
  app.route({
    method: 'PUT',
    url: '/processes/:processId',
    schema: {
      tags: ['Processes'],
      summary: 'Replace a process',
      params: processParams,
      querystring: Query,
      body: deployBodySchema,
      response: responses({ 204: described('Replaced') }, 400, 403, 404, 413, 415, 503),
    },
    handler: async (request, reply) => {
      const command = readDeployCommand(request, request.query.w);
      await replaceProcess(context, request.params.processId, command);
      return reply.code(204).send();
    },
  });
}
