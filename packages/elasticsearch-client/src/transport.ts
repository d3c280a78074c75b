import { DaybookError } from '@daybook/errors';
import { errors, Pool } from 'undici';
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
  const pool = new Pool(base.origin, {
    connections: options.maxConnections ?? 32,
    // A request's own limit rules; these would cut a longer one short.
    headersTimeout: 0,
    bodyTimeout: 0,
  });

  async function sendOnce(request: RawRequest, signal: AbortSignal): Promise<RawAnswer> {
    const { body, contentType } = encodeBody(request.body);
    const answer = await pool.request({
      method: request.method,
      path: `${prefix}${request.path}${encodeQuery(request.query)}`,
      headers: {
        accept: 'application/json',
        ...(contentType === undefined ? {} : { 'content-type': contentType }),
        ...(options.authorization === undefined ? {} : { authorization: options.authorization }),
      },
      body,
      signal,
    });
    const text = await readText(answer.body, options.maxAnswerBytes ?? 256 * 1024 * 1024);
    return { status: answer.statusCode, body: parseJson(text) };
  }

  async function send(request: RawRequest): Promise<RawAnswer> {
    const limit = AbortSignal.timeout(request.timeoutMs ?? timeoutMs);
    const signal = request.signal === undefined ? limit : AbortSignal.any([limit, request.signal]);
    for (let retry = 1; ; retry++) {
      const tried = await attempt(request, signal);
      if ('answer' in tried) return tried.answer;
      if (retry > maxRetries || !tried.again) throw tried.error;
      try {
        await backOff(retry, signal);
      } catch {
        request.signal?.throwIfAborted();
        throw tried.error;
      }
    }
  }

  async function attempt(request: RawRequest, signal: AbortSignal): Promise<Tried> {
    try {
      const answer = await sendOnce(request, signal);
      if (answer.status < 400 || request.expected?.includes(answer.status)) return { answer };
      const error = statusError(request, answer.status, answer.body);
      const refused = answer.status === TOO_MANY_REQUESTS;
      return { error, again: refused || (request.idempotent && error.code === 'unavailable') };
    } catch (cause) {
      request.signal?.throwIfAborted();
      if (cause instanceof DaybookError) throw cause;
      const reason = signal.aborted ? 'no answer in time' : describeFailure(cause);
      const error = new DaybookError('unavailable', `${request.method} ${options.url}${request.path}: ${reason}`, {
        cause,
      });
      return { error, again: !signal.aborted && (request.idempotent || NEVER_SENT.has(codeOf(cause))) };
    }
  }

  return { send, close: () => pool.destroy() };
}

type Tried = { readonly answer: RawAnswer } | { readonly error: DaybookError; readonly again: boolean };

function parseUrl(url: string): URL {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    throw new DaybookError('invalid-argument', `The database's URL must begin with http:// or https://, not "${url}"`);
  return new URL(url);
}

function encodeBody(body: RawRequest['body']): { body: string | null; contentType?: string } {
  if (body === undefined) return { body: null };
  if ('ndjson' in body) return { body: body.ndjson, contentType: 'application/x-ndjson' };
  return { body: JSON.stringify(body.json), contentType: 'application/json' };
}

function encodeQuery(query: RawRequest['query']): string {
  const members = Object.entries(query ?? {}).filter(([, value]) => value !== undefined);
  if (members.length === 0) return '';
  return `?${members.map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`).join('&')}`;
}

async function readText(body: AsyncIterable<Buffer>, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > maxBytes)
      throw new DaybookError('limit-exceeded', `The database's answer is longer than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
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
  if (error instanceof errors.UndiciError) return error.message;
  return error instanceof Error ? error.message || String(codeOf(error)) : String(error);
}
