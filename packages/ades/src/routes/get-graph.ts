import { createHash } from 'node:crypto';
import { renderGraph } from '@daybook/cwl';
import { DaybookError } from '@daybook/errors';
import type { AdesContext } from '../ades-context.ts';
import { isBuiltIn } from '../built-in/built-in-processes.ts';
import type { AdesApp } from '../http/ades-app.ts';
import { described, responses } from '../http/schemas.ts';
import { serverInputNames } from '../jobs/server-inputs.ts';
import { loadProcess } from '../processes/load-process.ts';
import { processParams } from './process-params.ts';

/** `GET /processes/{id}/graph`: the picture of a deployed process as SVG, without the inputs that the server fills in. */
export function getGraph(app: AdesApp, context: AdesContext): void {
  app.route({
    method: 'GET',
    url: '/processes/:processId/graph',
    schema: {
      tags: ['Processes'],
      summary: 'Picture of a process',
      description: 'Inputs, steps and outputs of the workflow, and the data between them, as `image/svg+xml`.',
      params: processParams,
      response: responses({ 200: described('SVG') }, 404, 501),
    },
    handler: async (request, reply) => {
      const process = await loadProcess(context.database, request.params.processId);
      if (isBuiltIn(process)) throw new DaybookError('not-found', `Process ${process.id} is built in: it has no graph`);
      const hidden = serverInputNames(context.serverInputs);
      const svg = renderGraph(process.cwl, { title: process.title, hidden });
      const etag = `"${createHash('sha256').update(svg).digest('base64url')}"`;
      reply.headers({ etag, 'cache-control': 'no-cache' });
      if (request.headers['if-none-match'] === etag) return reply.code(304).send();
      return reply
        .type('image/svg+xml')
        .header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'")
        .header('x-content-type-options', 'nosniff')
        .send(svg);
    },
  });
}
