import { Type } from 'typebox';
import type { AdesContext } from '../../ades-context.ts';
import type { AdesApp } from '../../http/ades-app.ts';
import { baseUrl, pathSegment } from '../../http/base-url.ts';
import { described, responses } from '../../http/schemas.ts';
import { executeJob } from '../../jobs/execute-job.ts';
import { idempotencyKeyOf } from '../../jobs/idempotency-key.ts';
import { jobRefused } from '../../jobs/job-refused.ts';
import { userOf } from '../../jobs/user-of.ts';
import { inputsFromWpsT } from '../../jobs/wps-t-inputs.ts';
import { loadProcess } from '../../processes/load-process.ts';
import { processParams } from '../process-params.ts';

const Body = Type.Object(
  {
    mode: Type.Optional(Type.Enum(['async', 'auto'])),
    response: Type.Optional(Type.Enum(['document', 'raw'])),
    inputs: Type.Optional(
      Type.Union([
        Type.Array(Type.Object({ id: Type.String(), data: Type.Unknown() })),
        Type.Record(Type.String(), Type.Unknown()),
      ]),
    ),
    outputs: Type.Optional(Type.Unknown({ description: 'Not read: every output is published by reference' })),
    labels: Type.Optional(Type.Array(Type.String())),
  },
  {
    example: {
      mode: 'async',
      response: 'document',
      inputs: [{ id: 'input_collection_id', data: 'SNDR_SNPP_ATMS_L1A___1' }],
      outputs: [{ id: 'output', transmissionMode: 'reference' }],
      labels: ['re-processing-3'],
    },
  },
);

/** `POST /processes/{id}:{version}/jobs`: submits a job; 201, `Location` and the body `{}`. */
export function wpsTExecute(app: AdesApp, context: AdesContext): void {
  app.route({
    method: 'POST',
    onRequest: context.executing.onRequest,
    url: '/processes/:processId/jobs',
    schema: {
      tags: ['WPS-T jobs'],
      summary: 'Execute a process',
      params: processParams,
      body: Body,
      response: responses({ 201: described('`{}`; the header Location has the job') }, 400, 404, 413, 415, 422, 503),
    },
    handler: async (request, reply) => {
      const { inputs = [], labels = [] } = request.body;
      const process = await loadProcess(context.database, request.params.processId);
      const command = { inputs: inputsFromWpsT(inputs), labels, idempotencyKey: idempotencyKeyOf(request) };
      const url = baseUrl(request, context.publicUrl);
      const { job, refusal } = await executeJob(context, process, command, userOf(request), url);
      const jobs = `${url}/processes/${pathSegment(process.id)}/jobs`;
      reply.header('location', `${jobs}/${pathSegment(job.id)}`);
      if (refusal !== undefined) throw jobRefused(job.id, refusal);
      return reply.code(201).send({});
    },
  });
}
