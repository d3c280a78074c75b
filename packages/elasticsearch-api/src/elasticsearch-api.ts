import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createApiContext } from './api-context.ts';
import { buildOriginPolicy } from './http/origin-policy.ts';
import { createBodyReader } from './http/read-body.ts';
import { refuseConnection } from './http/refuse-connection.ts';
import { createRequestListener } from './http/request-listener.ts';
import { buildRouter } from './http/router.ts';
import { type ElasticsearchApiOptions, resolveOptions } from './options.ts';
import { endpoints } from './routes.ts';

/** The server, listening. */
export interface ElasticsearchApi {
  readonly url: string;
  /** Takes no more requests, ends what is throttled, waits for those that run (at most ten seconds), and leaves the engine open. */
  close(): Promise<void>;
}

/** Why tasks end that would keep a server from closing. */
const closing = 'the server is shutting down';
const closeLimitMs = 10_000;
/** Longer than clients keep idle connections, so that none is closed under a request. */
const keepAliveMs = 75_000;
/** Whoever sends slower than this holds a connection that others want. */
const connectionLimits = {
  keepAliveTimeout: keepAliveMs,
  headersTimeout: 30_000,
  requestTimeout: 300_000,
  connectionsCheckingInterval: 5_000,
};
/** Bodies in memory at once, in bodies of the largest size. */
const bodiesAtOnce = 4;

/** Serves an engine over the Elasticsearch HTTP API; resolves when it listens. */
export async function createElasticsearchApi(options: ElasticsearchApiOptions): Promise<ElasticsearchApi> {
  const resolved = resolveOptions(options);
  const context = await createApiContext(options.engine, resolved);
  const listener = createRequestListener({
    context,
    router: buildRouter(endpoints),
    originPolicy: buildOriginPolicy(resolved),
    bodyReader: createBodyReader({
      maxBytes: resolved.maxBodyBytes,
      maxTotalBytes: bodiesAtOnce * resolved.maxBodyBytes,
    }),
  });
  const server = createServer(connectionLimits, (request, response) => {
    listener(request, response).catch((error: unknown) => {
      resolved.log({ level: 'error', message: 'answering failed', error });
      response.destroy();
    });
  });
  server.on('clientError', refuseConnection);
  context.monitor.watch(server);
  await listen(server, resolved.host, resolved.port);
  const { address, port } = server.address() as AddressInfo;
  context.address = { host: address, port };
  const host = address.includes(':') ? `[${address}]` : address;
  return {
    url: `http://${host}:${port}`,
    close: async () => {
      context.tasks.cancelThrottled(closing);
      await closeServer(server);
      context.tasks.cancelThrottled(closing);
      await context.tasks.settled();
      context.monitor.close();
    },
  };
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const limit = setTimeout(() => server.closeAllConnections(), closeLimitMs);
    // A connection that was busy when closing began becomes idle once its answer is out.
    const sweep = setInterval(() => server.closeIdleConnections(), 50);
    server.close(() => {
      clearTimeout(limit);
      clearInterval(sweep);
      resolve();
    });
    server.closeIdleConnections();
  });
}
