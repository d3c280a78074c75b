import { setTimeout as delay } from 'node:timers/promises';
import { DaybookError } from '@daybook/errors';
import { errorOfAnswer } from './exception.ts';
import { retryDelayMs } from './retry-delay.ts';

/** One request to the ADES. */
interface AdesRequest {
  readonly method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Behind the base URL, with the query. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Whether it may be sent again when nobody knows what became of it. Default: where the method is not POST. */
  readonly repeatable?: boolean;
  readonly timeoutMs?: number;
  /** Statuses of 400 and above that are an answer like any other, and are not waited out. */
  readonly expected?: readonly number[];
  /** Ends this request alone. */
  readonly signal?: AbortSignal;
  /** Whether it is never sent again: whoever asks has another way. */
  readonly isOnce?: boolean;
}

/** An answer, read whole. */
export interface AdesAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** Parsed where it is JSON, else text. */
  readonly body: unknown;
}

/** How an ADES is reached. */
export interface TransportOptions {
  /** Base URL, without a slash at its end. */
  readonly url: string;
  /** Ends every request and wait. */
  readonly signal: AbortSignal;
  /** Told when a wait is longer than a person would like to look at nothing. */
  readonly notice: (text: string) => void;
}

/**
 * Sends requests, and sends them again while the ADES is busy (429, 502, 503, 504) or away: at most for a minute. A first request that
 * nobody takes fails at once, since then most likely the URL is wrong. Errors are DaybookErrors whose message says what to do.
 */
export interface Transport {
  send(request: AdesRequest): Promise<AdesAnswer>;
  /** Gives the answer as soon as its headers are there; the time limit ends with them. */
  open(request: AdesRequest): Promise<Response>;
}

const DEFAULT_TIMEOUT_MS = 60_000;
const PATIENCE_MS = 60_000;
const NOTICED_WAIT_MS = 1_000;
/** The ADES has refused to begin with it for now. */
const REFUSED: ReadonlySet<number> = new Set([429, 503]);
/** What is before the ADES does not know what became of it. */
const LOST: ReadonlySet<number> = new Set([502, 504]);
/** Failures before the request was sent: it can be sent again whatever it is. */
const NEVER_SENT: ReadonlySet<unknown> = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT']);

/** Opens nothing yet. */
export function createTransport({ url, signal, notice }: TransportOptions): Transport {
  let wasReached = false;

  async function persist<T>(request: AdesRequest, once: () => Promise<T>): Promise<T> {
    const giveUpAt = Date.now() + PATIENCE_MS;
    for (let retry = 1; ; retry++) {
      try {
        const result = await once();
        wasReached = true;
        return result;
      } catch (error) {
        signal.throwIfAborted();
        if (!(error instanceof Failure)) throw error;
        const waitMs = retryDelayMs(retry, error.retryAfter);
        if (!isWorthAnother(request, error) || Date.now() + waitMs > giveUpAt) throw error.error;
        if (waitMs > NOTICED_WAIT_MS) notice(`${error.error.message}: trying again in ${(waitMs / 1000).toFixed(0)} s`);
        await delay(waitMs, undefined, { signal });
      }
    }
  }

  function isWorthAnother({ method = 'GET', repeatable, isOnce = false }: AdesRequest, failure: Failure): boolean {
    if (!wasReached || isOnce) return false;
    return failure.wasRefused || failure.neverSent || (repeatable ?? method !== 'POST');
  }

  async function request(asked: AdesRequest, limit: AbortSignal): Promise<Response> {
    const { method = 'GET', path, headers = {}, body, expected = [] } = asked;
    const response = await fetch(`${url}${path}`, {
      method,
      headers: { accept: 'application/json', ...headers },
      signal: AbortSignal.any([limit, signal, ...(asked.signal === undefined ? [] : [asked.signal])]),
      ...(body !== undefined && { body }),
    }).catch((cause: unknown) => {
      throw notAnswered(cause, asked);
    });
    if (response.status < 400 || expected.includes(response.status)) return response;
    const error = errorOfAnswer(response.status, await readBody(response), `${method} ${url}${path}`);
    wasReached = true;
    const wasRefused = REFUSED.has(response.status);
    if (!wasRefused && !LOST.has(response.status)) throw error;
    throw new Failure(error, { wasRefused, retryAfter: response.headers.get('retry-after') });
  }

  function notAnswered(cause: unknown, { method = 'GET', path }: AdesRequest): Failure {
    const code = codeOf(cause);
    const neverSent = NEVER_SENT.has(code);
    const message = neverSent
      ? `no ADES answers at ${url} (${code}): start one with "daybook serve", or name yours with --url or DAYBOOK_URL`
      : `${method} ${url}${path}: ${reasonOf(cause)}`;
    return new Failure(new DaybookError('unavailable', message, { cause }), { neverSent });
  }

  return {
    send: (asked) =>
      persist(asked, async () => {
        const limit = AbortSignal.timeout(asked.timeoutMs ?? DEFAULT_TIMEOUT_MS);
        const response = await request(asked, limit);
        const body = await readBody(response).catch((cause: unknown) => {
          throw notAnswered(cause, asked);
        });
        return { status: response.status, headers: response.headers, body };
      }),
    open: (asked) =>
      persist(asked, async () => {
        const limit = new AbortController();
        const timer = setTimeout(() => limit.abort(new DOMException('', 'TimeoutError')), DEFAULT_TIMEOUT_MS);
        try {
          return await request(asked, limit.signal);
        } finally {
          clearTimeout(timer);
        }
      }),
  };
}

/** A failure that may pass. */
class Failure {
  readonly error: DaybookError;
  readonly wasRefused: boolean;
  readonly neverSent: boolean;
  readonly retryAfter: string | null;

  constructor(
    error: DaybookError,
    about: { readonly wasRefused?: boolean; readonly neverSent?: boolean; readonly retryAfter?: string | null },
  ) {
    this.error = error;
    this.wasRefused = about.wasRefused ?? false;
    this.neverSent = about.neverSent ?? false;
    this.retryAfter = about.retryAfter ?? null;
  }
}

async function readBody(response: Response): Promise<unknown> {
  const text = await response.text();
  if (!/\bjson\b/i.test(response.headers.get('content-type') ?? '')) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Node's fetch hides what happened in the cause, or, after several addresses, in the causes of that. */
function rootOf(error: unknown): unknown {
  if (error instanceof AggregateError) return rootOf(error.errors[0]);
  return error instanceof Error && error.cause !== undefined ? rootOf(error.cause) : error;
}

function codeOf(error: unknown): unknown {
  const root = rootOf(error);
  return root instanceof Error && 'code' in root ? root.code : undefined;
}

function reasonOf(error: unknown): string {
  if (error instanceof DOMException && error.name === 'TimeoutError') return 'no answer in time';
  const root = rootOf(error);
  return root instanceof Error && root.message !== '' ? root.message : String(codeOf(error) ?? root);
}
