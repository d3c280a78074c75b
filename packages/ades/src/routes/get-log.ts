import { Readable } from 'node:stream';
import type { DaybookError } from '@daybook/errors';
import type { JobDocument } from '@daybook/jobs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import type { AdesContext } from '../ades-context.ts';
import type { AdesApp } from '../http/ades-app.ts';
import { exception } from '../http/exception.ts';
import { described, responses } from '../http/schemas.ts';
import { lastEventId, sendEvents } from '../http/server-sent-events.ts';
import { loadJob } from '../jobs/load-job.ts';
import { findLogs } from '../logs/find-logs.ts';
import { followLog } from '../logs/follow-log.ts';
import { logAsItIs } from '../logs/log-as-it-is.ts';
import { parseLogPath, storedName } from '../logs/log-name.ts';
import { startOfLastLines } from '../logs/start-of-last-lines.ts';
import { sendFile } from '../outputs/send-file.ts';
import { jobParams } from './process-params.ts';

const MEDIA_TYPE = 'text/plain; charset=utf-8';
/** A client that follows for longer connects again, with `Last-Event-ID`. */
const MAX_FOLLOW_MS = 3_600_000;

const Query = Type.Object({
  attempt: Type.Optional(Type.Integer({ minimum: 1, description: 'Default: the one that counts' })),
  tail: Type.Optional(Type.Integer({ minimum: 1, maximum: 100_000, description: 'The last lines only' })),
});

/** A log that a request names. */
interface NamedLog {
  readonly job: JobDocument;
  readonly name: string;
  /** Undefined for a job that no worker has begun. */
  readonly attempt: number | undefined;
  readonly tail: number | undefined;
}

/** `GET /jobs/{id}/logs/{step}/{stdout|stderr}` and `…/logs/cwltool`: a log as it is now, or as server-sent events until the job ends. */
export function getLog(app: AdesApp, context: AdesContext): void {
  app.route({
    method: 'GET',
    url: '/jobs/:jobId/logs/*',
    schema: {
      tags: ['Jobs'],
      summary: 'A log of a job',
      description:
        '`{step}/stdout`, `{step}/stderr` or `cwltool`. With `Accept: text/event-stream` it is followed until the job ends.',
      params: jobParams,
      querystring: Query,
      response: responses({ 200: described('The log'), 206: described('Part of it') }, 400, 404, 410, 416, 503),
    },
    handler: async (request, reply) => {
      const { attempt: asked, tail } = request.query;
      const job = await loadJob(context.database, request.params.jobId);
      const log = parseLogPath(request.url);
      if (log === undefined) throw noSuchLog(job, request);
      const attempt = await findLogs(context.outputStore, job, asked);
      const named = { job, name: storedName(log), attempt, tail };
      const follows = request.method === 'GET' && /text\/event-stream/i.test(request.headers.accept ?? '');
      return follows ? sendFollowed(context, request, reply, named, asked) : sendLog(context, request, reply, named);
    },
  });
}

async function sendLog(
  { outputStore }: AdesContext,
  request: FastifyRequest,
  reply: FastifyReply,
  { job, name, attempt, tail }: NamedLog,
): Promise<FastifyReply> {
  const stored = attempt === undefined ? undefined : await outputStore.logs.open(job.id, attempt, name);
  if (stored === undefined) throw noSuchLog(job, request);
  const log = logAsItIs(stored);
  if (tail === undefined) return sendFile(request, reply, log, `"${attempt}-${log.sizeBytes}"`, MEDIA_TYPE);
  const start = await startOfLastLines(log, tail);
  const part = log.sizeBytes === 0 ? log.read() : log.read({ start, end: log.sizeBytes - 1 });
  reply.headers({
    'content-length': log.sizeBytes - start,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  return reply.type(MEDIA_TYPE).send(request.method === 'HEAD' ? Readable.from([]) : part);
}

async function sendFollowed(
  { outputStore, followers }: AdesContext,
  request: FastifyRequest,
  reply: FastifyReply,
  { job, name, attempt, tail }: NamedLog,
  asked: number | undefined,
): Promise<FastifyReply> {
  const stored = attempt === undefined ? undefined : await outputStore.logs.open(job.id, attempt, name);
  if (stored === undefined && job.final) throw noSuchLog(job, request);
  const start = stored === undefined || tail === undefined ? 0 : await startOfLastLines(stored, tail);
  const fromByte = lastEventId(request, 'the id of an event of this log, a number of bytes') ?? start;
  const place = followers.reserve();
  const gone = new AbortController();
  const jobEnded = job.final ? Promise.resolve(true) : place.ended(job.id, MAX_FOLLOW_MS, gone.signal);
  const isFixed = asked !== undefined || job.final;
  const events = Readable.from(
    followLog(outputStore, { jobId: job.id, name, attempt: isFixed ? attempt : undefined, fromByte, jobEnded }),
  );
  events.once('close', () => {
    gone.abort();
    place.release();
  });
  return sendEvents(reply, events);
}

function noSuchLog(job: JobDocument, request: FastifyRequest): DaybookError {
  const url = request.url.replace(/\?.*$/, '').slice(0, 500);
  const message = `Job ${job.id} has no log at ${url}: expected /logs/cwltool, or /logs/{step}/stdout or stderr of a step that was started`;
  return exception('no-such-log', message);
}
