import { DaybookError } from '@daybook/errors';
import { type JobDocument, verdictAttempt } from '@daybook/jobs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import type { AdesContext } from '../ades-context.ts';
import { wantsHtml } from '../html/wants-html.ts';
import type { AdesApp } from '../http/ades-app.ts';
import { baseUrl, pathSegment } from '../http/base-url.ts';
import { described, responses } from '../http/schemas.ts';
import { checkResultsReady } from '../jobs/check-results-ready.ts';
import { loadJob } from '../jobs/load-job.ts';
import { parseOutputPath } from '../outputs/parse-output-path.ts';
import { renderListing } from '../outputs/render-listing.ts';
import { resolveOutput } from '../outputs/resolve-output.ts';
import { sendFile } from '../outputs/send-file.ts';

const Params = Type.Object({ jobId: Type.String() });
const OutputParams = Type.Object({ jobId: Type.String(), outputId: Type.String() });
const DEFAULT_LIMIT = 1_000;
const Query = Type.Object({
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000, description: 'Entries of a directory' })),
  after: Type.Optional(Type.String({ description: 'Entries behind this name' })),
});

/** `GET /jobs/{id}/outputs/{outputId}[/…]`: a file, the listing of a directory, or the JSON value of a literal. */
export function getOutput(app: AdesApp, context: AdesContext): void {
  for (const path of [':outputId', '*']) {
    app.route({
      method: 'GET',
      url: `/jobs/:jobId/outputs/${path}`,
      schema: {
        hide: path === '*',
        tags: ['Jobs'],
        summary: 'An output of a job',
        description: 'Files and directories in an output are found below its URL.',
        params: path === '*' ? Params : OutputParams,
        querystring: Query,
        response: responses(
          { 200: described('File, directory listing or value'), 206: described('Part of a file') },
          404,
          410,
          416,
        ),
      },
      handler: async (request, reply) => {
        const { limit = DEFAULT_LIMIT, after } = request.query;
        const job = await loadJob(context.database, request.params.jobId);
        const page = { limit, ...(after !== undefined && { after }) };
        return await sendOutput(context, request, reply, job, page);
      },
    });
  }
}

async function sendOutput(
  context: AdesContext,
  request: FastifyRequest,
  reply: FastifyReply,
  job: JobDocument,
  page: { readonly limit: number; readonly after?: string },
): Promise<FastifyReply> {
  const segments = parseOutputPath(request.url);
  const attempt = readyAttempt(job);
  if (segments === undefined || attempt === undefined) throw noSuchOutput(job, request.url);
  const output = resolveOutput(job.results ?? {}, segments);
  if (output.kind === 'value' && wantsHtml(request)) return reply.send({ [segments.at(-1) ?? 'value']: output.value });
  if (output.kind === 'value') {
    return reply.type('application/json; charset=utf-8').send(JSON.stringify(output.value));
  }
  const stored = await context.outputStore.open(job.id, attempt, output.path);
  if (stored?.kind === 'file') {
    const version = output.checksum ?? `${attempt}-${stored.sizeBytes}-${stored.modifiedTime.getTime()}`;
    return sendFile(request, reply, stored, `"${version}"`);
  }
  const entries = await context.outputStore.list(job.id, attempt, output.path, page);
  if (stored === undefined || entries === undefined) throw noSuchOutput(job, request.url);
  const path = output.path.split('/').map(pathSegment).join('/');
  const url = `${baseUrl(request, context.publicUrl)}/jobs/${pathSegment(job.id)}/outputs/${path}`;
  return reply.send(renderListing(entries, url, page.limit));
}

/** The attempt whose outputs count; undefined where no run ended the job. */
function readyAttempt(job: JobDocument): number | undefined {
  if (job.state !== 'failed') checkResultsReady(job);
  return verdictAttempt(job);
}

function noSuchOutput(job: JobDocument, url: string): DaybookError {
  return new DaybookError('not-found', `Job ${job.id} has no output at ${url.replace(/\?.*$/, '').slice(0, 500)}`);
}
