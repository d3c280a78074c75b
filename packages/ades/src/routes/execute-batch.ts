import { Type } from 'typebox';
import type { AdesContext } from '../ades-context.ts';
import { batchAnswer } from '../batch/batch-item.ts';
import { MAX_BATCH_ITEMS, parseBatchArray, parseBatchLines } from '../batch/parse-batch.ts';
import { submitBatch } from '../batch/submit-batch.ts';
import type { AdesApp } from '../http/ades-app.ts';
import { baseUrl } from '../http/base-url.ts';
import { compileValidator } from '../http/compile-validator.ts';
import { createConcurrencyGate } from '../http/concurrency-gate.ts';
import { acceptTextBodies } from '../http/parse-bodies.ts';
import { batchAnswerSchema, responses } from '../http/schemas.ts';
import { checkLabels } from '../jobs/check-labels.ts';
import { idempotencyKeyOf } from '../jobs/idempotency-key.ts';
import { userOf } from '../jobs/user-of.ts';
import { loadProcess } from '../processes/load-process.ts';
import { processParams } from './process-params.ts';

const LINES = ['application/x-ndjson', 'application/jsonl'];

const Query = Type.Object({
  label: Type.Optional(Type.Array(Type.String(), { description: 'Added to the labels of every item' })),
  'dry-run': Type.Optional(Type.Boolean({ description: 'The items are checked, and nothing is submitted' })),
  dedupe: Type.Optional(
    Type.Boolean({
      description:
        'An item whose inputs a job of the same process and version succeeded with is answered with that job',
    }),
  ),
});

/** Whatever an item is, it gets an answer of its own. */
const item = Type.Unknown({
  description: 'The body of an execute request; one that is none is answered by an error in its place',
});

/** `POST /processes/{id}/execution/batch`: submits many jobs by one request. `app` is a scope of its own, as it takes more media types. */
export function executeBatch(app: AdesApp, context: AdesContext): void {
  const { maxBatches, maxBatchBytes } = context.limits;
  acceptTextBodies(app, LINES);
  const gate = createConcurrencyGate(maxBatches, `${maxBatches} batches are submitted already: try again later`);
  app.route({
    method: 'POST',
    url: '/processes/:processId/execution/batch',
    bodyLimit: maxBatchBytes,
    onRequest: gate.onRequest,
    // Each item gets an answer of its own, so the body's schema is for the documentation.
    validatorCompiler: (route) =>
      route.httpPart === 'body' ? (value: unknown) => ({ value }) : compileValidator(route as never),
    schema: {
      tags: ['Processes'],
      summary: 'Execute a process many times',
      description:
        `1 to ${MAX_BATCH_ITEMS} execute bodies, as a JSON array or one a line. With the header Idempotency-Key, item n has the key ` +
        '`<key>/<n>`: the same batch again is answered with the same jobs.',
      params: processParams,
      querystring: Query,
      body: {
        content: {
          'application/json': { schema: Type.Array(item) },
          ...Object.fromEntries(LINES.map((mediaType) => [mediaType, { schema: item }])),
        },
      },
      response: responses({ 200: batchAnswerSchema }, 400, 404, 413, 415, 503),
    },
    handler: (request) =>
      gate.run(request, async () => {
        const { label: labels = [], 'dry-run': dryRun = false, dedupe = false } = request.query;
        checkLabels(labels, 'query parameter label');
        const body: unknown = request.body;
        // A JSON body that is a text is no list of lines.
        const isLines = LINES.some((mediaType) => request.headers['content-type']?.startsWith(mediaType));
        const entries = isLines ? parseBatchLines(String(body)) : parseBatchArray(body);
        const process = await loadProcess(context.database, request.params.processId);
        const items = await submitBatch(context, process, entries, {
          userId: userOf(request),
          labels,
          idempotencyKey: idempotencyKeyOf(request),
          dryRun,
          dedupe,
          baseUrl: baseUrl(request, context.publicUrl),
        });
        return batchAnswer(process.id, dryRun, items);
      }),
  });
}
