import { Pool } from 'undici';
import { exchange } from './exchange.ts';
import type { HttpAnswer, HttpRequest } from './http-exchange.ts';

/** Limits of all requests. */
export interface HttpClientOptions {
  /** Open at once; what comes beside them waits. */
  readonly maxConnections: number;
  readonly maxAnswerBytes: number;
}

/** Requests to one server over kept connections. Nothing is sent twice. */
export interface HttpClient {
  /**
   * Rejects with the reason of the signal, with `timeout`, with `limit-exceeded` for an answer that is too long, and where there is no whole answer with what the
   * connection failed with: its `code` is that of Node or of undici.
   */
  send(request: HttpRequest): Promise<HttpAnswer>;
  /** Ends open requests and connections. */
  close(): Promise<void>;
}

/** Opens nothing yet: connections are made as they are needed. `origin` is such as `http://127.0.0.1:9200`. */
export function openHttpClient(origin: string, { maxConnections, maxAnswerBytes }: HttpClientOptions): HttpClient {
  // A request's own limit rules; those of undici would cut a longer one short.
  const pool = new Pool(origin, { connections: maxConnections, headersTimeout: 0, bodyTimeout: 0 });
  return { send: (request) => exchange(pool, request, maxAnswerBytes), close: () => pool.destroy() };
}
