import { DaybookError, isDaybookError } from '@daybook/errors';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { AdesApp } from './ades-app.ts';
import { exception } from './exception.ts';
import { renderException } from './render-exception.ts';

/** Seconds after which a caller may try again what was unavailable. */
const RETRY_AFTER_SECONDS = 5;

/** Makes every failed request answer an OGC exception as `application/json`, and logs faults of ours once. */
export function handleErrors(app: AdesApp): void {
  app.setErrorHandler((error, request, reply) => sendException(explain(error, request), request, reply));
  app.setNotFoundHandler((request, reply) =>
    sendException(new DaybookError('not-found', `There is nothing at ${request.url.slice(0, 500)}`), request, reply),
  );
}

/** Sends the exception that `error` is to the caller. */
function sendException(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const body = renderException(error);
  if (body.status === 500 && !isFailedJob(error)) request.log.error({ err: error, url: request.url }, 'request failed');
  if (body.status === 503 || body.status === 429) reply.header('retry-after', RETRY_AFTER_SECONDS);
  return reply.code(body.status).type('application/json; charset=utf-8').send(body);
}

function isFailedJob(error: unknown): boolean {
  return isDaybookError(error) && error.detail.exception === 'job-failed';
}

/** Words the framework's refusals so that they name the value and what was expected. */
function explain(error: unknown, request: FastifyRequest): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') {
    const given = request.headers['content-type'];
    const found = given === undefined ? 'A body without Content-Type' : `Content-Type ${JSON.stringify(given)}`;
    return exception('unsupported-media-type', `${found} is not accepted here: expected application/json`);
  }
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
    return exception('body-too-large', `The body is larger than the ${request.routeOptions.bodyLimit} bytes allowed`);
  }
  return error;
}
