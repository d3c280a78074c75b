import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { AwsKeys } from '@daybook/aws-client';
import { DaybookError, isDaybookError } from '@daybook/errors';
import type { MessageBus } from '@daybook/message-bus';
import type { ActionContext } from './action.ts';
import { authenticate } from './authenticate.ts';
import { Exchange, OpenWaits } from './exchange.ts';
import { type Answer, writeAnswer, writeError } from './protocols/answer.ts';
import { dialectOf, RawRequest, readRequest } from './protocols/request.ts';
import { readBody } from './read-body.ts';
import { failure } from './wire/failure.ts';

/** How to serve a bus. Region and account are the bus's own. */
export interface AwsApiOptions {
  readonly bus: MessageBus;
  /** `127.0.0.1` unless given. */
  readonly host?: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** Requests must be signed by one of these; unless given, requests are not checked. */
  readonly credentials?: AwsKeys | readonly AwsKeys[];
  /** Told of every fault of ours; the console unless given. */
  readonly onError?: (error: unknown) => void;
}

/** A running server. */
export interface AwsApi {
  /** Where it is reached, without a slash at the end. */
  readonly url: string;
  /** Takes no more requests, ends waiting receives with nothing, lets the others finish, and closes. The bus stays open. */
  close(): Promise<void>;
}

const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 60_000;
/** Longer than clients keep a connection, so that none sends a request on one that is being closed. */
const KEEP_ALIVE_MS = 75_000;

/** Serves a bus as Amazon SQS (AWS JSON 1.0 and query) and Amazon SNS (query) on one port. */
export async function createAwsApi(options: AwsApiOptions): Promise<AwsApi> {
  const { host = '127.0.0.1', port } = options;
  const waits = new OpenWaits();
  const server = createServer((request, response) => void handle(request, response, options, waits));
  server.headersTimeout = HEADERS_TIMEOUT_MS;
  server.requestTimeout = REQUEST_TIMEOUT_MS;
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  await listen(server, host, port);
  const address = server.address() as AddressInfo;
  const shownHost = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  let closed: Promise<void> | undefined;
  return {
    url: `http://${shownHost}:${address.port}`,
    close() {
      closed ??= new Promise((resolve) => {
        server.close(() => resolve());
        waits.end();
        server.closeIdleConnections();
      });
      return closed;
    },
  };
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const code = error.code === 'EADDRINUSE' ? 'conflict' : 'unavailable';
      reject(
        new DaybookError(code, `cannot listen on ${host}:${port}: ${error.message}`, {
          detail: { host, port },
          cause: error,
        }),
      );
    });
    server.listen(port, host, resolve);
  });
}

async function handle(
  request: IncomingMessage,
  response: ServerResponse,
  options: AwsApiOptions,
  waits: OpenWaits,
): Promise<void> {
  const answer = await answerTo(request, options, new Exchange(response, waits));
  if (response.destroyed) return;
  if (waits.closing || !request.complete) response.setHeader('connection', 'close');
  response.writeHead(answer.status, { 'content-length': Buffer.byteLength(answer.body), ...answer.headers });
  response.end(answer.body);
}

async function answerTo(
  request: IncomingMessage,
  { bus, credentials, onError = console.error }: AwsApiOptions,
  exchange: Exchange,
): Promise<Answer> {
  if (request.method === 'GET' && request.url === '/health') {
    return { status: 200, headers: { 'content-type': 'application/json' }, body: '{"status":"ok"}' };
  }
  const requestId = randomUUID();
  let raw = new RawRequest(request, Buffer.alloc(0));
  try {
    raw = new RawRequest(request, await readBody(request));
    const keys = credentials === undefined ? undefined : [credentials].flat();
    // A web page can have a browser send any GET, so one must be signed.
    const methods = keys === undefined ? ['POST'] : ['POST', 'GET'];
    if (!methods.includes(raw.method))
      throw failure('InvalidAction', `Requests are sent by ${methods.join(' or ')}, not ${raw.method}.`);
    const senderId = authenticate(raw, keys, bus.identity.accountId);
    const { dialect, actionName, action, input } = readRequest(raw, dialectOf(raw));
    const { host = 'localhost' } = request.headers;
    const queueUrl = (name: string): string => `http://${host}/${bus.identity.accountId}/${name}`;
    const context: ActionContext = {
      bus,
      queueUrl,
      senderId,
      get signal() {
        return exchange.signal;
      },
      onUndelivered: (step) => exchange.onUndelivered(step),
    };
    const output = await action(input, context);
    return writeAnswer(dialect, actionName, output, requestId);
  } catch (error) {
    const answer = writeError(dialectOf(raw), error, requestId);
    const callerGone = exchange.lost && !isDaybookError(error);
    if (answer.status >= 500 && !callerGone) onError(error);
    return answer;
  }
}
