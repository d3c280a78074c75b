import type { AdesApp } from '../http/ades-app.ts';
import { described, responses } from '../http/schemas.ts';

/** `GET /api`: the OpenAPI 3.0 definition of this API. */
export function getApi(app: AdesApp): void {
  app.route({
    method: 'GET',
    url: '/api',
    schema: { tags: ['Server'], summary: 'API definition', response: responses({ 200: described('OpenAPI 3.0') }) },
    handler: async (_request, reply) =>
      reply.type('application/vnd.oai.openapi+json;version=3.0').send(JSON.stringify(app.swagger())),
  });
}
