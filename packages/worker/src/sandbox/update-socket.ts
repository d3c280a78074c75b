import { once } from 'node:events';
import { open } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import type { JobUpdate } from '@daybook/jobs';
import { describeError, retry } from '../retry.ts';
import { createRateLimit, type RateLimit } from './rate-limit.ts';
import { type SandboxOwner, stampUpdate } from './stamp-update.ts';

/** A socket by which a job in its sandbox speaks of itself (UPDATE-SOCKET.md). */
export interface UpdateSocket {
  /** For the variable `DAYBOOK_UPDATE_SOCKET`. */
  readonly path: string;
  /** Ends all connections; what is being published is dropped. */
  close(): Promise<void>;
}

/** What a socket works with. */
export interface UpdateSocketOptions {
  readonly owner: SandboxOwner;
  /** The job's own, which the sandbox shows to it. */
  readonly directory: string;
  readonly publish: (update: JobUpdate, signal: AbortSignal) => Promise<void>;
}

const NAME = 'update.sock';
const MAX_LINE_BYTES = 224 * 1024;
const MAX_CONNECTIONS = 32;
const SILENCE_MS = 30_000;
const BURST = 100;
const INTERVAL_MS = 50;
const PUBLISH_LIMIT_MS = 15_000;

type Answer =
  | { readonly published: true }
  | { readonly published: false; readonly final: boolean; readonly reason: string };

/** Listens in the job's directory. */
export async function openUpdateSocket(options: UpdateSocketOptions): Promise<UpdateSocket> {
  const closed = new AbortController();
  const limit = createRateLimit(BURST, INTERVAL_MS);
  const connections = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    connections.add(socket);
    socket.once('close', () => connections.delete(socket));
    // A client that goes away is no error of ours.
    socket.on('error', () => {});
    socket.setTimeout(SILENCE_MS, () => socket.destroy());
    converse(socket, options, limit, closed.signal).catch(() => socket.destroy());
  });
  server.maxConnections = MAX_CONNECTIONS;
  const release = await listenIn(options.directory, server);
  return {
    path: join(options.directory, NAME),
    async close() {
      closed.abort(new Error('The job has ended'));
      for (const socket of connections) {
        socket.destroy();
      }
      await new Promise((resolve) => server.close(resolve));
      await release();
    },
  };
}

/** A socket's path has at most 107 bytes, a directory's may have more: it is named by a descriptor, which stays open as long as the path counts. */
async function listenIn(directory: string, server: Server): Promise<() => Promise<void>> {
  const folder = await open(directory, 'r');
  try {
    server.listen(`/proc/self/fd/${folder.fd}/${NAME}`);
    await once(server, 'listening');
  } catch (error) {
    await folder.close();
    throw error;
  }
  return () => folder.close();
}

async function converse(
  socket: Socket,
  options: UpdateSocketOptions,
  limit: RateLimit,
  signal: AbortSignal,
): Promise<void> {
  for await (const line of linesOf(socket)) {
    await limit.pass(signal);
    const answer = await answerTo(line, options, signal);
    socket.write(`${JSON.stringify(answer)}\n`);
  }
  socket.end();
}

async function* linesOf(socket: Socket): AsyncGenerator<string> {
  let rest = Buffer.alloc(0);
  for await (const chunk of socket as AsyncIterable<Buffer>) {
    rest = Buffer.concat([rest, chunk]);
    for (let end = rest.indexOf(10); end !== -1; end = rest.indexOf(10)) {
      yield rest.toString('utf8', 0, end);
      rest = rest.subarray(end + 1);
    }
    if (rest.byteLength > MAX_LINE_BYTES) {
      throw new Error(`A line is longer than ${MAX_LINE_BYTES} bytes`);
    }
  }
}

async function answerTo(line: string, { owner, publish }: UpdateSocketOptions, signal: AbortSignal): Promise<Answer> {
  const stamped = stampUpdate(line, owner);
  if ('refusal' in stamped) {
    return { published: false, final: true, reason: stamped.refusal };
  }
  const limited = AbortSignal.any([signal, AbortSignal.timeout(PUBLISH_LIMIT_MS)]);
  try {
    await retry(() => publish(stamped.update, limited), { signal: limited });
    return { published: true };
  } catch (error) {
    return { published: false, final: false, reason: describeError(error) };
  }
}
