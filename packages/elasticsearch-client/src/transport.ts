import { DaybookError, isDaybookError } from '@daybook/errors';
import { openHttpClient } from '@daybook/http-client';
import { backOff } from './back-off.ts';
import type { ElasticsearchClientOptions, RawAnswer, RawRequest } from './client.ts';
import { statusError } from './status-error.ts';

/** Sends requests over one pool of kept connections and tries again what may be tried again. */
export interface Transport {
  send(request: RawRequest): Promise<RawAnswer>;
  close(): Promise<void>;
}

/** Failures before the request was sent: it can be sent again whatever it is. */
const NEVER_SENT: ReadonlySet<unknown> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** The server refused to start on it for now. */
const TOO_MANY_REQUESTS = 429;

/** Opens nothing yet: connections are made as they are needed. */
export function createTransport(options: ElasticsearchClientOptions): Transport {
  const base = parseUrl(options.url);
  const timeoutMs = options.timeoutMs ?? 30_000;
  const maxRetries = options.maxRetries ?? 3;
  const prefix = base.pathname.replace(/\/+$/, '');
  const http = openHttpClient(base.origin, {
    maxConnections: options.maxConnections ?? 32,
    maxAnswerBytes: options.maxAnswerBytes ?? 256 * 1024 * 1024,
  });
  const commonHeaders = {
    accept: 'application/json',
    ...(options.authorization === undefined ? {} : { authorization: options.authorization }),
  };

  async function sendOnce(request: RawRequest, leftMs: number): Promise<RawAnswer> {
    const { body, contentType } = encodeBody(request.body);
    const answer = await http.send({
      method: request.method,
      path: `${prefix}${request.path}${encodeQuery(request.query)}`,
      headers: contentType === undefined ? commonHeaders : { ...commonHeaders, 'content-type': contentType },
      body,
      timeoutMs: leftMs,
      signal: request.signal,
    });
    return { status: answer.status, body: parseJson(answer.body) };
  }

  async function send(request: RawRequest): Promise<RawAnswer> {
    const deadline = performance.now() + (request.timeoutMs ?? timeoutMs);
    for (let retry = 1; ; retry++) {
      const tried = await attempt(request, deadline);
      if ('answer' in tried) return tried.answer;
      if (retry > maxRetries || !tried.again) throw tried.error;
      const limit = AbortSignal.timeout(Math.max(0, Math.ceil(deadline - performance.now())));
      try {
        await backOff(retry, request.signal === undefined ? limit : AbortSignal.any([limit, request.signal]));
      } catch {
        request.signal?.throwIfAborted();
        throw tried.error;
      }
    }
  }

  async function attempt(request: RawRequest, deadline: number): Promise<Tried> {
    try {
      const answer = await sendOnce(request, deadline - performance.now());
      if (answer.status < 400 || request.expected?.includes(answer.status)) return { answer };
      const error = statusError(request, answer.status, answer.body);
      const refused = answer.status === TOO_MANY_REQUESTS;
      return { error, again: refused || (request.idempotent && error.code === 'unavailable') };
    } catch (cause) {
      request.signal?.throwIfAborted();
      const code = isDaybookError(cause) ? cause.code : undefined;
      const isLate = code === 'timeout';
      const message = `${request.method} ${options.url}${request.path}: ${isLate ? 'no answer in time' : describeFailure(cause)}`;
      if (code !== undefined && !isLate) throw new DaybookError(code, message, { cause });
      return {
        error: new DaybookError('unavailable', message, { cause }),
        again: !isLate && (request.idempotent || NEVER_SENT.has(codeOf(cause))),
      };
    }
  }

  return { send, close: http.close };
}

type Tried = { readonly answer: RawAnswer } | { readonly error: DaybookError; readonly again: boolean };

function parseUrl(url: string): URL {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    throw new DaybookError('invalid-argument', `The database's URL must begin with http:// or https://, not "${url}"`);
  return new URL(url);
}

function encodeBody(body: RawRequest['body']): { body: string | undefined; contentType?: string } {
  if (body === undefined) return { body: undefined };
  if ('ndjson' in body) return { body: body.ndjson, contentType: 'application/x-ndjson' };
  return { body: JSON.stringify(body.json), contentType: 'application/json' };
}

function encodeQuery(query: RawRequest['query']): string {
  const members = Object.entries(query ?? {}).filter(([, value]) => value !== undefined);
  if (members.length === 0) return '';
  return `?${members.map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`).join('&')}`;
}

/** A proxy's page and other text that is no JSON are passed on as text, to show in an error. */
function parseJson(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return { error: text.slice(0, 500) };
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error ? (error as { code?: unknown }).code : undefined;
}

function describeFailure(error: unknown): string {
  return error instanceof Error ? error.message || String(codeOf(error)) : String(error);
}
