import type { IncomingMessage, ServerResponse } from 'node:http';
import { isDaybookError } from '@daybook/errors';
import { finish } from '@daybook/search-engine';
import type { ApiContext } from '../api-context.ts';
import { refuseWhereReadOnly } from '../cluster/cluster-blocks.ts';
import { securityError } from '../errors/errors.ts';
import { renderError, wireStatus } from '../errors/render-error.ts';
import { encodeJson, encodePrettyJson } from '../json/encode-json.ts';
import { filterPath } from '../json/filter-path.ts';
import type { JsonTree } from '../json/json.ts';
import { Caller } from './caller.ts';
import type { ApiResponse } from './endpoint.ts';
import { type MediaTypes, negotiate, requireJsonContent } from './media-type.ts';
import type { OriginPolicy } from './origin-policy.ts';
import { parseBooleanParameter, parseParameters } from './parameters.ts';
import type { BodyReader } from './read-body.ts';
import { parseRequestTarget, type RequestTarget } from './request-target.ts';
import type { Router } from './router.ts';
import { writeResponse } from './write-response.ts';

/** What requests are served with. */
export interface RequestListenerOptions {
  readonly context: ApiContext;
  readonly router: Router;
  readonly originPolicy: OriginPolicy;
  readonly bodyReader: BodyReader;
}

interface Answer {
  readonly status: number;
  readonly body: JsonTree;
  readonly text?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const corsHeaders = {
  'Access-Control-Allow-Methods': 'OPTIONS, HEAD, GET, POST, PUT, DELETE, PATCH',
  'Access-Control-Allow-Headers': 'X-Requested-With, Content-Type, Content-Length, Authorization, Accept, X-Opaque-Id',
  'Access-Control-Expose-Headers': 'X-Elastic-Product, X-Opaque-Id',
  'Access-Control-Max-Age': '1728000',
};

/** The life of one request: who may ask, route, body, API, answer. It answers every request and never throws. */
export function createRequestListener(
  options: RequestListenerOptions,
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  return async (request, response) => {
    const media = negotiate(request.headers.accept, request.headers['content-type']);
    const target = parseRequestTarget(request.url ?? '/');
    const caller = new Caller(request, response);
    let answer: Answer;
    try {
      answer = await answerRequest(options, request, target, media, caller);
    } catch (error) {
      if (request.destroyed && !request.complete && !isDaybookError(error)) return;
      answer = renderFailure(options.context, error);
    }
    await send(options, request, response, target, media, caller, answer);
  };
}

async function answerRequest(
  options: RequestListenerOptions,
  request: IncomingMessage,
  { path, query }: RequestTarget,
  media: MediaTypes,
  caller: Caller,
): Promise<Answer> {
  const { context, originPolicy } = options;
  const method = request.method ?? 'GET';
  const { origin, host } = request.headers;
  if (!originPolicy.allowsHost(host)) throw securityError(`the Host header [${host}] is not a name of this server`);
  if (origin !== undefined && !originPolicy.allowsOrigin(origin)) {
    throw securityError(`requests from pages of the origin [${origin}] are not allowed`);
  }
  const match = options.router.match(method, path);
  if (!('endpoint' in match)) return unrouted(method, path, match.allowed);
  const { body, release } = await options.bodyReader.read(request);
  try {
    if (body.byteLength > 0) requireJsonContent(request.headers['content-type']);
    const { authorization } = request.headers;
    const isSystem = context.isSystem(authorization);
    const { endpoint } = match;
    const parameters = endpoint.parameters === 'any' ? {} : parseParameters(endpoint.parameters, query, path);
    const settings = context.settings.of(isSystem ? 'system' : 'user');
    if (endpoint.refusedWhereReadOnly) refuseWhereReadOnly(settings);
    const result = await endpoint.handle(
      {
        method,
        path,
        parts: match.parts,
        parameters,
        body,
        engine: isSystem ? context.engine : context.protectedEngine,
        settings,
        privileged: context.isPrivileged(authorization),
        typed: media.typed,
        caller,
        wantsText: wantsText(query, media),
      },
      context,
    );
    return { status: 200, ...result, body: await shapeBody(context, result, query) };
  } finally {
    release();
  }
}

async function shapeBody({ engine }: ApiContext, { body }: ApiResponse, query: URLSearchParams): Promise<JsonTree> {
  const filters = query.get('filter_path');
  return filters === null || filters === '' ? body : engine.takeTurns(filterPath(body, filters.split(',')));
}

function wantsText(query: URLSearchParams, media: MediaTypes): boolean {
  const format = query.get('format');
  return format === null ? media.wantsText : format === 'text' || format === 'txt';
}

/** What Elasticsearch says where nothing stands at a path, or nothing of that method. */
function unrouted(method: string, path: string, allowed: readonly string[]): Answer {
  if (method === 'OPTIONS') {
    return { status: 200, body: null, text: '', headers: allowed.length === 0 ? {} : { Allow: allowed.join(',') } };
  }
  if (allowed.length === 0) {
    return { status: 400, body: { error: `no handler found for uri [${path}] and method [${method}]` } };
  }
  const error = `Incorrect HTTP method for uri [${path}] and method [${method}], allowed: [${allowed.join(', ')}]`;
  return { status: 405, body: { error, status: 405 }, headers: { Allow: allowed.join(', ') } };
}

function renderFailure(context: ApiContext, error: unknown): Answer {
  if (isDaybookError(error) && error.detail.plain === true) {
    const status = wireStatus(error);
    return { status, body: { error: error.message, status } };
  }
  const rendered = renderError(error);
  if (isFault(error)) context.log({ level: 'error', message: 'request failed', error });
  return { status: rendered.status, body: { error: rendered.error, status: rendered.status } };
}

/**
 * Whether an error is the server's own: what a user sent is refused, not logged, whatever status the wire has for it. Of a full disk the engine tells
 * once, and again when there is room.
 */
function isFault(error: unknown): boolean {
  if (!isDaybookError(error)) return true;
  return ['internal', 'corrupt', 'unavailable'].includes(error.code) && error.detail.diskFull !== true;
}

async function send(
  options: RequestListenerOptions,
  request: IncomingMessage,
  response: ServerResponse,
  target: RequestTarget,
  media: MediaTypes,
  { opaqueId }: Caller,
  answer: Answer,
): Promise<void> {
  const { origin } = request.headers;
  const headers: Record<string, string> = {
    'X-Elastic-Product': 'Elasticsearch',
    ...answer.headers,
    ...(opaqueId === undefined ? {} : { 'X-Opaque-Id': opaqueId }),
  };
  if (origin !== undefined) {
    headers.Vary = 'Origin';
    if (options.originPolicy.allowsOrigin(origin)) {
      Object.assign(headers, corsHeaders, { 'Access-Control-Allow-Origin': origin });
    }
  }
  headers['Content-Type'] = answer.text === undefined ? media.answerType : 'text/plain; charset=UTF-8';
  let { status } = answer;
  let pieces: readonly string[];
  try {
    pieces = await encodeAnswer(options.context, answer, target);
  } catch (error) {
    const failure = renderFailure(options.context, error);
    headers['Content-Type'] = media.answerType;
    status = failure.status;
    pieces = finish(encodeJson(failure.body));
  }
  await writeResponse(request, response, { status, headers, pieces });
}

function encodeAnswer(
  { engine }: ApiContext,
  answer: Answer,
  { query }: RequestTarget,
): readonly string[] | Promise<readonly string[]> {
  if (answer.text !== undefined) return [answer.text];
  const pretty = query.get('pretty');
  const isPretty = pretty !== null && parseBooleanParameter(pretty);
  const steps = isPretty ? encodePrettyJson(answer.body) : encodeJson(answer.body);
  // One step is all that most answers take.
  const first = steps.next();
  return first.done === true ? first.value : engine.takeTurns(steps);
}
