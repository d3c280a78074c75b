import { Type } from 'typebox';
import type { AdesContext } from '../ades-context.ts';
import type { AdesApp } from '../http/ades-app.ts';
import { baseUrl, pathSegment } from '../http/base-url.ts';
import { described, responses } from '../http/schemas.ts';
import { deployProcess } from '../processes/deploy-process.ts';
import { ogcProcessSummary } from '../processes/ogc-process.ts';
import { wpsTProcessSummary } from '../processes/wps-t-process.ts';
import { deployBodySchema, readDeployCommand } from './read-deploy-command.ts';

const Query = Type.Object({
  w: Type.Optional(Type.String({ description: 'Which process of a CWL document with several' })),
});

/** `POST /processes`: deploys a process in the form that the body's media type says, and answers in that form. */
export function deploy(app: AdesApp, context: AdesContext): void {
  app.route({
    method: 'POST',
    url: '/processes',
    schema: {
      tags: ['Processes'],
      summary: 'Deploy a process',
      description:
        'WPS-T as `application/json`; OGC API – Processes Part 2 as `application/ogcapppkg+json` or a CWL document.',
      querystring: Query,
      body: deployBodySchema,
      response: responses(
        { 201: described('`deploymentResult` (WPS-T) or processSummary (OGC)') },
        400,
        403,
        409,
        413,
        415,
        503,
      ),
    },
    handler: async (request, reply) => {
      const process = await deployProcess(context, readDeployCommand(request, request.query.w));
      const url = baseUrl(request, context.publicUrl);
      reply.code(201).header('location', `${url}/processes/${pathSegment(process.id)}`);
      return process.form === 'wps-t'
        ? { deploymentResult: { processSummary: wpsTProcessSummary(process, url) } }
        : ogcProcessSummary(process, url);
    },
  });
}
