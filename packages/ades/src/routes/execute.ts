import type { FastifyReply } from 'fastify';
import type { AdesContext } from '../ades-context.ts';
import type { AdesApp } from '../http/ades-app.ts';
import { baseUrl, pathSegment } from '../http/base-url.ts';
import { parsePrefer, preferenceApplied } from '../http/prefer.ts';
import { described, responses, statusInfoSchema } from '../http/schemas.ts';
import { executeBody } from '../jobs/execute-body.ts';
import { executeJob } from '../jobs/execute-job.ts';
import { executionWaitMs } from '../jobs/execution-mode.ts';
import { idempotencyKeyOf } from '../jobs/idempotency-key.ts';
import { jobRefused } from '../jobs/job-refused.ts';
import type { WaitingPlace } from '../jobs/job-waiter.ts';
import { loadJob } from '../jobs/load-job.ts';
import { inputsFromOgc } from '../jobs/ogc-inputs.ts';
import { ogcStatusInfo } from '../jobs/ogc-job.ts';
import { parseResultsRequest } from '../jobs/results-request.ts';
import { userOf } from '../jobs/user-of.ts';
import { describeRecord } from '../processes/describe-record.ts';
import { jobControlOptions } from '../processes/job-control-options.ts';
import { loadProcess } from '../processes/load-process.ts';
import { fetchReference } from '../references/fetch-reference.ts';
import { resolveReferences } from '../references/resolve-references.ts';
import { processParams } from './process-params.ts';
import { sendResults } from './send-results.ts';

/** `POST /processes/{id}/execution`: submits a job, and waits for its results where process and `Prefer` allow it. */
export function execute(app: AdesApp, context: AdesContext): void {
  app.route({
    method: 'POST',
    onRequest: context.executing.onRequest,
    url: '/processes/:processId/execution',
    schema: {
      tags: ['Processes'],
      summary: 'Execute a process',
      description: 'Synchronously where the process can, unless the header `Prefer` says `respond-async`.',
      params: processParams,
      body: executeBody,
      response: responses(
        {
          200: described('The results'),
          201: statusInfoSchema,
          204: described('The results by reference: Link headers'),
        },
        ...[400, 403, 404, 413, 415, 422, 500, 503],
      ),
    },
    handler: async (request, reply) => {
      const { inputs = {}, outputs = {}, response, labels = [], subscriber } = request.body;
      const process = await loadProcess(context.database, request.params.processId);
      const described = describeRecord(process);
      const results = parseResultsRequest(
        { outputs, ...(response !== undefined && { response }) },
        { id: process.id, outputIds: Object.keys(described.outputs) },
      );
      const preferences = parsePrefer(request.headers.prefer);
      const waitMs = executionWaitMs(jobControlOptions(process), preferences, context.limits.syncWaitMs);
      // Before there is a job: where no place is free, there must be none.
      const place = waitMs > 0 ? context.jobWaiter.reserve() : undefined;
      try {
        const idempotencyKey = idempotencyKeyOf(request);
        const values = await resolveReferences(inputsFromOgc(inputs), described.inputs, (href) =>
          fetchReference(href, context.fetchPolicy),
        );
        const command = { inputs: values, labels, results, idempotencyKey, subscriber };
        const url = baseUrl(request, context.publicUrl);
        const { job, refusal } = await executeJob(context, process, command, userOf(request), url);
        const location = `${url}/jobs/${pathSegment(job.id)}`;
        if (refusal !== undefined) {
          reply.header('location', location);
          throw jobRefused(job.id, refusal);
        }
        const isDone = await hasEnded(place, job.id, waitMs, reply);
        const applied = preferenceApplied(preferences, { isAsync: !isDone, waitedMs: waitMs });
        if (applied !== undefined) reply.header('preference-applied', applied);
        if (isDone) {
          return await sendResults(context, request, reply, await loadJob(context.database, job.id));
        }
        const now = place === undefined ? job : await loadJob(context.database, job.id);
        return await reply.code(201).header('location', location).send(ogcStatusInfo(now, url));
      } finally {
        place?.release();
      }
    },
  });
}

/** Waits no longer than the caller does. */
async function hasEnded(
  place: WaitingPlace | undefined,
  jobId: string,
  waitMs: number,
  reply: FastifyReply,
): Promise<boolean> {
  if (place === undefined) return false;
  const gone = new AbortController();
  const leave = (): void => gone.abort();
  reply.raw.once('close', leave);
  try {
    return await place.ended(jobId, waitMs, gone.signal);
  } finally {
    reply.raw.off('close', leave);
  }
}
