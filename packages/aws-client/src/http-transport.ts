import { DaybookError, isDaybookError } from '@daybook/errors';
import { type HttpAnswer, type HttpClient, openHttpClient } from '@daybook/http-client';
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

const DEFAULT_TIMEOUT_MS = 10_000;
const MAX_CONNECTIONS = 128;
const MAX_ANSWER_BYTES = 32 * 1024 * 1024;

/** Signed POST requests to one service over kept-alive connections. Nothing is retried here. */
export class HttpTransport {
  readonly service: string;
  readonly #options: AwsClientOptions;
  readonly #url: URL;
  readonly #http: HttpClient;

  constructor(service: string, options: AwsClientOptions) {
    this.service = service;
    this.#options = options;
    this.#url = endpointUrl(service, options);
    this.#http = openHttpClient(this.#url.origin, {
      maxConnections: MAX_CONNECTIONS,
      maxAnswerBytes: MAX_ANSWER_BYTES,
    });
  }

  /** Rejects with `timeout`, with `unavailable` when the service cannot be reached, or with the reason of the caller's signal. */
  async post(call: WireCall): Promise<HttpAnswer> {
    const { region, timeoutMs = DEFAULT_TIMEOUT_MS } = this.#options;
    try {
      const keys = await currentKeys(this.#options.credentials);
      const headers = signRequest(
        { method: 'POST', url: this.#url.href, headers: call.headers, body: call.body },
        { keys, region, service: this.service },
      );
      return await this.#http.send({
        method: 'POST',
        path: `${this.#url.pathname}${this.#url.search}`,
        headers,
        body: call.body,
        timeoutMs: timeoutMs + (call.waitMs ?? 0),
        signal: call.signal,
      });
    } catch (error) {
      call.signal?.throwIfAborted();
      const isLate = isDaybookError(error, 'timeout');
      const reason = error instanceof Error ? error.message : String(error);
      throw new DaybookError(
        isLate ? 'timeout' : 'unavailable',
        `${this.service} ${call.action}: ${this.#url} ${isLate ? 'gave' : 'cannot be reached:'} ${reason}`,
        { detail: { service: this.service, action: call.action, endpoint: this.#url.href }, cause: error },
      );
    }
  }

  /** Ends open calls and connections. */
  async close(): Promise<void> {
    await this.#http.close();
  }
}

function endpointUrl(service: string, { endpoint, region }: AwsClientOptions): URL {
  if (endpoint === undefined) {
    return new URL(`https://${service}.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}/`);
  }
  if (!URL.canParse(endpoint) || !/^https?:$/.test(new URL(endpoint).protocol)) {
    throw new DaybookError('invalid-argument', `the endpoint ${JSON.stringify(endpoint)} is no http or https address`);
  }
  return new URL(endpoint);
}
