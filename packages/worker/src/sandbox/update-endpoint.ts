import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  createUpdateReceiver,
  MAX_UPDATE_BYTES,
  type UpdateReceiver,
  type UpdateReceiverOptions,
} from './answer-update.ts';

/** Where a worker listens for the updates of jobs that cannot reach their socket, as in containers. */
export interface UpdateEndpointOptions {
  readonly host: string;
  /** 0 picks a free one. */
  readonly port: number;
  /** As the jobs reach it; the address itself unless given. */
  readonly url?: string;
}

/** Takes updates over HTTP (UPDATE-ENDPOINT.md). */
export interface UpdateEndpoint {
  readonly url: string;
  /** Lets a job speak until `signal` is aborted; the token is its alone. */
  admit(job: UpdateReceiverOptions): string;
  close(): Promise<void>;
}

const MAX_CONNECTIONS = 256;
const SILENCE_MS = 30_000;

/** Starts to listen. */
export async function openUpdateEndpoint({ host, port, url }: UpdateEndpointOptions): Promise<UpdateEndpoint> {
  /** By the digests of their tokens, so that a look-up tells nothing by its time. */
  const receivers = new Map<string, UpdateReceiver>();
  const server = createServer({ requestTimeout: SILENCE_MS, headersTimeout: SILENCE_MS }, (request, response) => {
    answer(request, receivers)
      .catch(() => ({ status: 500, body: { published: false, final: false, reason: 'the job has ended' } }))
      .then(({ status, body }) => {
        response.writeHead(status, { 'content-type': 'application/json', connection: 'close' });
        response.end(`${JSON.stringify(body)}\n`);
      });
  });
  server.maxConnections = MAX_CONNECTIONS;
  server.listen(port, host);
  await once(server, 'listening');
  const own = `http://${host.includes(':') ? `[${host}]` : host}:${(server.address() as AddressInfo).port}`;
  return {
    url: `${url ?? own}/updates`,
    admit(job) {
      const token = randomBytes(32).toString('base64url');
      receivers.set(digest(token), createUpdateReceiver(job));
      job.signal.addEventListener('abort', () => receivers.delete(digest(token)), { once: true });
      return token;
    },
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

interface HttpAnswer {
  readonly status: number;
  readonly body: object;
}

async function answer(request: IncomingMessage, receivers: ReadonlyMap<string, UpdateReceiver>): Promise<HttpAnswer> {
  if (request.method !== 'POST' || request.url !== '/updates') {
    return refusal(404, 'there is only POST /updates');
  }
  const token = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  const receive = token === undefined ? undefined : receivers.get(digest(token));
  if (receive === undefined) {
    return refusal(401, 'the token is that of no job that runs here');
  }
  const text = await readBody(request);
  if (text === undefined) {
    return refusal(413, `an update has at most ${MAX_UPDATE_BYTES} bytes`);
  }
  const body = await receive(text);
  return { status: body.published ? 200 : body.final ? 400 : 503, body };
}

function refusal(status: number, reason: string): HttpAnswer {
  return { status, body: { published: false, final: true, reason } };
}

async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.byteLength;
    if (bytes > MAX_UPDATE_BYTES) {
      return undefined;
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function digest(token: string): string {
  return createHash('sha256').update(token).digest('base64');
}
