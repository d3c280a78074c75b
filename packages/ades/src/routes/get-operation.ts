import { isJobId } from '@daybook/jobs';
import { Type } from 'typebox';
import type { AdesContext } from '../ades-context.ts';
import type { AdesApp } from '../http/ades-app.ts';
import { exception } from '../http/exception.ts';
import { operationSchema, responses } from '../http/schemas.ts';
import { type Operation, operationInfo } from '../operations/operation.ts';

/** `GET /operations/{id}`: how far an operation is. */
export function getOperation(app: AdesApp, context: AdesContext): void {
  app.route({
    method: 'GET',
    url: '/operations/:operationId',
    schema: {
      tags: ['Operations'],
      summary: 'Progress of an operation',
      params: Type.Object({ operationId: Type.String() }),
      response: responses({ 200: operationSchema }, 404, 503),
    },
    handler: async (request) => {
      const { operationId: id } = request.params;
      const operation = isJobId(id) ? await context.database.operations.get(id) : undefined;
      // A page of ids stands in the same index.
      if (operation?.action === undefined) {
        throw exception('no-such-operation', `There is no operation ${JSON.stringify(id.slice(0, 200))}`);
      }
      return operationInfo(operation as Operation);
    },
  });
}
