import type { AdesContext } from '../ades-context.ts';
import { wantsHtml } from '../html/wants-html.ts';
import type { AdesApp } from '../http/ades-app.ts';
import { baseUrl } from '../http/base-url.ts';
import { described, responses } from '../http/schemas.ts';

/** `GET /api`: the OpenAPI 3.0 definition of this API; for a person, its interactive documentation. */
export function getApi(app: AdesApp, { publicUrl }: AdesContext): void {
  app.route({
    method: 'GET',
    url: '/api',
    schema: { tags: ['Server'], summary: 'API definition', response: responses({ 200: described('OpenAPI 3.0') }) },
    handler: async (request, reply) => {
      if (wantsHtml(request)) return reply.redirect(`${baseUrl(request, publicUrl)}/api/docs`);
      return reply.type('application/vnd.oai.openapi+json;version=3.0').send(JSON.stringify(app.swagger()));
    },
  });
}
