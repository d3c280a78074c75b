import { Type } from 'typebox';
import type { AdesContext } from '../ades-context.ts';
import type { AdesApp } from '../http/ades-app.ts';
import { baseUrl } from '../http/base-url.ts';
import { pageLinks, pageQuery, parsePage } from '../http/page.ts';
import { linkSchema, operationSchema, responses } from '../http/schemas.ts';
import { type Operation, operationInfo } from '../operations/operation.ts';

const DEFAULT_LIMIT = 10;
/** Each may have a query of a megabyte. */
const MAX_LIMIT = 100;

/** `GET /operations`: operations, the newest first. */
export function getOperations(app: AdesApp, context: AdesContext): void {
  app.route({
    method: 'GET',
    url: '/operations',
    schema: {
      tags: ['Operations'],
      summary: 'Operations',
      querystring: Type.Object(pageQuery),
      response: responses(
        { 200: Type.Object({ operations: Type.Array(operationSchema), links: Type.Array(linkSchema) }) },
        ...[400, 503],
      ),
    },
    handler: async (request) => {
      const page = parsePage(
        { ...request.query, limit: Math.min(request.query.limit ?? DEFAULT_LIMIT, MAX_LIMIT) },
        DEFAULT_LIMIT,
      );
      // By its status in searches, which may be an earlier one.
      const { items, total } = await context.database.operations.list(['preparing', 'running', 'done'], page);
      const made = (items as readonly Operation[]).filter(({ status }) => status !== 'preparing');
      return {
        operations: made.map(operationInfo),
        links: pageLinks(`${baseUrl(request, context.publicUrl)}${request.url}`, page, total),
      };
    },
  });
}
