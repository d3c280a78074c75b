import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A port that leads to another one of this machine, and through which connections can be cut. */
export interface TcpProxy {
  readonly port: number;
  /** Ends all connections at once, without a word of the protocol on them. */
  cut(): void;
  /** From now on nothing passes: what is open stays silent, and what connects gets no answer. */
  hold(): void;
  /** Lets all pass again. What was held has its connection cut. */
  release(): void;
  close(): Promise<void>;
}

/** Starts one on loopback that leads to whatever listens at `port`, now or later. */
export async function startTcpProxy(port: number): Promise<TcpProxy> {
  const open = new Set<Socket>();
  let isHeld = false;
  const keep = (socket: Socket): Socket => {
    open.add(socket);
    socket.once('close', () => open.delete(socket)).on('error', () => {});
    return socket;
  };
  const cut = (): void => {
    for (const socket of open) socket.resetAndDestroy();
  };
  const server = createServer((near) => {
    keep(near);
    if (isHeld) return;
    const far = keep(connect(port, '127.0.0.1'));
    near.pipe(far).pipe(near);
    near.once('close', () => far.destroy());
    far.once('close', () => near.destroy());
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    port: (server.address() as AddressInfo).port,
    cut,
    hold() {
      isHeld = true;
      for (const socket of open) socket.pause();
    },
    release() {
      isHeld = false;
      cut();
    },
    close() {
      cut();
      return new Promise((closed) => server.close(() => closed()));
    },
  };
}
