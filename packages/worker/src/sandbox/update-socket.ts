import { once } from 'node:events';
import { open } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import type { JobUpdate } from '@daybook/jobs';
import { createUpdateReceiver, MAX_UPDATE_BYTES, type UpdateReceiver } from './answer-update.ts';
import type { SandboxOwner } from './stamp-update.ts';

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
const MAX_CONNECTIONS = 32;
const SILENCE_MS = 30_000;

/** Listens in the job's directory. */
export async function openUpdateSocket(options: UpdateSocketOptions): Promise<UpdateSocket> {
  const closed = new AbortController();
  const receive = createUpdateReceiver({ ...options, signal: closed.signal });
  const connections = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    connections.add(socket);
    socket.once('close', () => connections.delete(socket));
    // A client that goes away is no error of ours.
    socket.on('error', () => {});
    socket.setTimeout(SILENCE_MS, () => socket.destroy());
    converse(socket, receive).catch(() => socket.destroy());
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

async function converse(socket: Socket, receive: UpdateReceiver): Promise<void> {
  for await (const line of linesOf(socket)) {
    socket.write(`${JSON.stringify(await receive(line))}\n`);
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
    if (rest.byteLength > MAX_UPDATE_BYTES) {
      throw new Error(`A line is longer than ${MAX_UPDATE_BYTES} bytes`);
    }
  }
}
