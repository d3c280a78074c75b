import { DaybookError } from '@daybook/errors';
import type { JsonObject } from '@daybook/jobs';
import { Type } from 'typebox';
import type { AdesContext } from '../ades-context.ts';
import type { AdesApp } from '../http/ades-app.ts';
import { baseUrl } from '../http/base-url.ts';
import { createConcurrencyGate } from '../http/concurrency-gate.ts';
import { operationSchema, responses } from '../http/schemas.ts';
import { checkLabelChange } from '../jobs/change-labels.ts';
import { userOf } from '../jobs/user-of.ts';
import { countMatched, createOperation } from '../operations/create-operation.ts';
import { operationInfo } from '../operations/operation.ts';
import { checkQuery } from '../search/check-query.ts';

/** Operations that are made at once: the jobs of each are looked for and written down. */
const MAX_CREATING = 4;

const Labels = Type.Optional(Type.Array(Type.String({ minLength: 1 })));

const Body = Type.Object(
  {
    action: Type.Enum(['retry', 'dismiss', 'delete', 'label']),
    query: Type.Union([Type.String({ minLength: 1 }), Type.Record(Type.String(), Type.Unknown())], {
      description: 'A query string of Lucene, as `q` of the list of jobs, or a query of the Elasticsearch DSL',
    }),
    set: Type.Optional(
      Type.Object(
        {
          inputs: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
          'process-version': Type.Optional(Type.String({ minLength: 1 })),
        },
        { additionalProperties: false, description: 'What a retry is given in the place of what its job had' },
      ),
    ),
    'add-labels': Labels,
    'remove-labels': Labels,
    'dry-run': Type.Optional(Type.Boolean()),
    expect: Type.Optional(Type.Integer({ minimum: 0, description: 'How many jobs must match' })),
  },
  { additionalProperties: false },
);

/** `POST /operations`: does one thing with all jobs that a query selects. */
export function postOperation(app: AdesApp, context: AdesContext): void {
  const gate = createConcurrencyGate(
    MAX_CREATING,
    `${MAX_CREATING} operations are being made already: try again later`,
  );
  app.route({
    method: 'POST',
    url: '/operations',
    onRequest: gate.onRequest,
    schema: {
      tags: ['Operations'],
      summary: 'Retry, dismiss, delete or label many jobs',
      description:
        'retry: those that have ended and were not retried yet; dismiss: those that are open; delete: removes the outputs of those that have ' +
        'ended. What matches is settled when the request is answered.',
      body: Body,
      response: responses(
        {
          200: Type.Object({ action: Type.String(), matched: Type.Integer(), 'dry-run': Type.Boolean() }),
          202: operationSchema,
        },
        ...[400, 409, 413, 415, 503],
      ),
    },
    handler: (request, reply) =>
      gate.run(request, async () => {
        const { action, query, set, expect, 'add-labels': addLabels, 'remove-labels': removeLabels } = request.body;
        if (typeof query !== 'string') checkQuery(query, 'query');
        const change = { add: addLabels ?? [], remove: removeLabels ?? [] };
        checkLabelChange(change);
        const hasLabels = change.add.length + change.remove.length > 0;
        if (hasLabels !== (action === 'label')) {
          throw new DaybookError(
            'invalid-argument',
            'add-labels or remove-labels go with the action label, and it needs one of them',
          );
        }
        if (set !== undefined && action !== 'retry') {
          throw new DaybookError('invalid-argument', `set goes with the action retry, not with ${action}`);
        }
        const url = baseUrl(request, context.publicUrl);
        const command = {
          action,
          query: query as string | JsonObject,
          setInputs: set?.inputs as JsonObject | undefined,
          setProcessVersion: set?.['process-version'],
          addLabels,
          removeLabels,
          expect,
          userId: userOf(request),
          baseUrl: url,
        };
        if (request.body['dry-run'] === true) {
          return reply.code(200).send({ action, matched: await countMatched(context, command), 'dry-run': true });
        }
        const operation = await createOperation(context, command);
        context.wakeOperations();
        return reply.code(202).header('location', `${url}/operations/${operation.id}`).send(operationInfo(operation));
      }),
  });
}
