import { DaybookError } from '@daybook/errors';
import { Type } from 'typebox';
import type { AdesContext } from '../ades-context.ts';
import type { AdesApp } from '../http/ades-app.ts';
import { baseUrl, pathSegment } from '../http/base-url.ts';
import { responses, statusInfoSchema } from '../http/schemas.ts';
import { executeJob } from '../jobs/execute-job.ts';
import { inputsFromOgc } from '../jobs/ogc-inputs.ts';
import { ogcStatusInfo } from '../jobs/ogc-job.ts';
import { userOf } from '../jobs/user-of.ts';
import { describeRecord } from '../processes/describe-record.ts';
import { loadProcess } from '../processes/load-process.ts';
import type { ProcessRecord } from '../processes/process-record.ts';
import { jobRefused } from './job-refused.ts';
import { processParams } from './process-params.ts';

const Body = Type.Object({
  inputs: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
  outputs: Type.Optional(
    Type.Record(Type.String(), Type.Object({ transmissionMode: Type.Optional(Type.Enum(['value', 'reference'])) })),
  ),
  response: Type.Optional(Type.Enum(['document', 'raw'])),
  subscriber: Type.Optional(Type.Unknown()),
  labels: Type.Optional(Type.Array(Type.String())),
});

/** `POST /processes/{id}/execution`: submits a job; always asynchronous, whatever `Prefer` says. */
export function execute(app: AdesApp, context: AdesContext): void {
  app.route({
    method: 'POST',
    url: '/processes/:processId/execution',
    schema: {
      tags: ['Processes'],
      summary: 'Execute a process',
      params: processParams,
      body: Body,
      response: responses({ 201: statusInfoSchema }, 400, 404, 413, 415, 501, 503),
    },
    handler: async (request, reply) => {
      const { inputs = {}, outputs = {}, labels = [], subscriber } = request.body;
      const process = await loadProcess(context.database, request.params.processId);
      checkOutputs(process, Object.keys(outputs));
      if (subscriber !== undefined) {
        throw new DaybookError('unsupported', 'subscriber: callbacks are not offered; ask for the status of the job');
      }
      const command = { inputs: inputsFromOgc(inputs), labels };
      const { job, refusal } = await executeJob(context, process, command, userOf(request));
      const url = baseUrl(request, context.publicUrl);
      reply.header('location', `${url}/jobs/${pathSegment(job.id)}`);
      if (refusal !== undefined) throw jobRefused(job.id, refusal);
      if (request.headers.prefer?.includes('respond-async')) reply.header('preference-applied', 'respond-async');
      return reply.code(201).send(ogcStatusInfo(job, url));
    },
  });
}

function checkOutputs(process: ProcessRecord, requested: readonly string[]): void {
  if (requested.length === 0) return;
  const { outputs } = describeRecord(process);
  const unknown = requested.find((id) => !Object.hasOwn(outputs, id));
  if (unknown === undefined) return;
  throw new DaybookError(
    'invalid-argument',
    `outputs.${unknown} is no output of ${process.id}: expected some of ${Object.keys(outputs).join(', ')}`,
  );
}
