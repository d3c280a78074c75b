import { DaybookError } from '@daybook/errors';
import { Agent, request } from 'undici';
import { type Credentials, currentKeys } from './credentials.ts';
import { signRequest } from './sign.ts';

/** Where a client calls and as whom. */
export interface AwsClientOptions {
  /** The address of a service that is not AWS's own, such as `http://127.0.0.1:4566`. */
  readonly endpoint?: string;
  readonly region: string;
  readonly credentials: Credentials;
  /** The time limit of one call, on top of what a long poll waits. */
  readonly timeoutMs?: number;
}

/** What a caller may say about one call. */
export interface CallOptions {
  /** Ends the call; it then rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/** One call, already in its protocol's form. */
export interface WireCall extends CallOptions {
  readonly action: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** How long the service may hold the answer back. */
  readonly waitMs?: number;
}

/** A service's answer, whatever its status. */
export interface WireAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

const DEFAULT_TIMEOUT_MS = 10_000;
const MAX_CONNECTIONS = 128;
const MAX_ANSWER_BYTES = 32 * 1024 * 1024;

/** Signed POST requests to one service over kept-alive connections. Nothing is retried here. */
export class HttpTransport {
  readonly service: string;
  readonly #options: AwsClientOptions;
  readonly #url: string;
  readonly #agent: Agent;

  constructor(service: string, options: AwsClientOptions) {
    this.service = service;
    this.#options = options;
    this.#url = endpointUrl(service, options);
    this.#agent = new Agent({
      connections: MAX_CONNECTIONS,
      maxResponseSize: MAX_ANSWER_BYTES,
      headersTimeout: 0,
      bodyTimeout: 0,
    });
  }

  /** Rejects with `timeout`, with `unavailable` when the service cannot be reached, or with the reason of the caller's signal. */
  async post(call: WireCall): Promise<WireAnswer> {
    const { region, timeoutMs = DEFAULT_TIMEOUT_MS } = this.#options;
    const limitMs = timeoutMs + (call.waitMs ?? 0);
    const abort = new AbortController();
    const onAbort = () => abort.abort(call.signal?.reason);
    if (call.signal?.aborted) onAbort();
    call.signal?.addEventListener('abort', onAbort, { once: true });
    const timer = setTimeout(() => abort.abort(this.#timeout(call.action, limitMs)), limitMs);
    try {
      const keys = await currentKeys(this.#options.credentials);
      const headers = signRequest(
        { method: 'POST', url: this.#url, headers: call.headers, body: call.body },
        { keys, region, service: this.service },
      );
      const answer = await request(this.#url, {
        method: 'POST',
        headers,
        body: call.body,
        dispatcher: this.#agent,
        signal: abort.signal,
      });
      return { status: answer.statusCode, headers: answer.headers, body: await answer.body.text() };
    } catch (error) {
      if (abort.signal.aborted) throw abort.signal.reason;
      const reason = error instanceof Error ? error.message : String(error);
      throw new DaybookError(
        'unavailable',
        `${this.service} ${call.action}: ${this.#url} cannot be reached: ${reason}`,
        {
          detail: { service: this.service, action: call.action, endpoint: this.#url },
          cause: error,
        },
      );
    } finally {
      clearTimeout(timer);
      call.signal?.removeEventListener('abort', onAbort);
    }
  }

  /** Ends open calls and connections. */
  async close(): Promise<void> {
    await this.#agent.destroy();
  }

  #timeout(action: string, limitMs: number): DaybookError {
    return new DaybookError('timeout', `${this.service} ${action}: ${this.#url} did not answer within ${limitMs} ms`, {
      detail: { service: this.service, action, endpoint: this.#url, limitMs },
    });
  }
}

function endpointUrl(service: string, { endpoint, region }: AwsClientOptions): string {
  if (endpoint === undefined) {
    return `https://${service}.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}/`;
  }
  if (!URL.canParse(endpoint) || !/^https?:$/.test(new URL(endpoint).protocol)) {
    throw new DaybookError('invalid-argument', `the endpoint ${JSON.stringify(endpoint)} is no http or https address`);
  }
  return new URL(endpoint).href;
}
