import type { FastifyReply } from 'fastify';
import { Type } from 'typebox';
import type { AdesContext } from '../ades-context.ts';
import type { AdesApp } from '../http/ades-app.ts';
import { baseUrl } from '../http/base-url.ts';
import { renderPage } from './render-page.ts';
import { STYLESHEET } from './stylesheet.ts';
import { wantsHtml } from './wants-html.ts';

/** Nothing but the one stylesheet and pictures of this server; forms lead back to it. */
const CONTENT_SECURITY_POLICY =
  "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const formatSchema = Type.Optional(
  Type.Enum(['json', 'html'], { description: 'Default: what the header Accept says' }),
);

/** Renders every answer that is a JSON object as a page where the request wants HTML. Call it before any route is added. */
export function answerHtml(app: AdesApp, { publicUrl }: Pick<AdesContext, 'publicUrl'>): void {
  app.addHook('onRoute', (route) => {
    const { schema } = route;
    if (route.method !== 'GET' || schema === undefined || schema.hide === true || schema.body !== undefined) return;
    const { properties = {} } = (schema.querystring ?? {}) as { properties?: Parameters<typeof Type.Object>[0] };
    schema.querystring = Type.Object({ ...properties, f: formatSchema });
  });
  app.addHook('preValidation', async (request) => {
    if (wantsHtml(request)) dropEmptyFields(request.query as Record<string, unknown>);
  });
  app.addHook('preSerialization', async (request, reply, answer) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return answer;
    vary(reply);
    if (!wantsHtml(request) || typeof answer !== 'object' || answer === null) return answer;
    const url = baseUrl(request, publicUrl);
    reply
      .type('text/html; charset=utf-8')
      .header('content-security-policy', CONTENT_SECURITY_POLICY)
      .header('x-content-type-options', 'nosniff')
      .header('referrer-policy', 'same-origin')
      .serializer(() => renderPage(answer, { baseUrl: url, path: request.url, status: reply.statusCode }));
    return answer;
  });
  app.route({
    method: 'GET',
    url: '/style.css',
    schema: { hide: true },
    handler: async (_request, reply) =>
      reply.type('text/css; charset=utf-8').header('cache-control', 'max-age=3600').send(STYLESHEET),
  });
}

/** A form sends its fields whether they were filled in or not. */
function dropEmptyFields(query: Record<string, unknown>): void {
  for (const [name, value] of Object.entries(query)) if (value === '') delete query[name];
}

function vary(reply: FastifyReply): void {
  const known = reply.getHeader('vary');
  if (!/\baccept\b/i.test(String(known))) reply.header('vary', known === undefined ? 'Accept' : `${known}, Accept`);
}
