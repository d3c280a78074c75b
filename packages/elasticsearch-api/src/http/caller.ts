import type { IncomingMessage, ServerResponse } from 'node:http';

/** Who waits for the answer of one request. */
export class Caller {
  readonly #request: IncomingMessage;
  readonly #response: ServerResponse;

  constructor(request: IncomingMessage, response: ServerResponse) {
    this.#request = request;
    this.#response = response;
  }

  /** What the client calls its request, by the header `X-Opaque-Id`. */
  get opaqueId(): string | undefined {
    const id = this.#request.headers['x-opaque-id'];
    return typeof id === 'string' ? id : undefined;
  }

  /** Calls `gone` once nobody waits any more, at once if so already; what it gives takes that back. */
  whenGone(gone: () => void): () => void {
    if (this.#response.destroyed) gone();
    this.#response.once('close', gone);
    return () => this.#response.off('close', gone);
  }
}
