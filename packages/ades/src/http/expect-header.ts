import type { Server } from 'node:http';

/** Treats an empty `Expect` header, which existing clients send, as none; any other unknown expectation still is a 417. */
export function tolerateEmptyExpect(server: Server): void {
  server.on('checkExpectation', (request, response) => {
    if (request.headers.expect?.trim() === '') {
      server.emit('request', request, response);
      return;
    }
    response.writeHead(417, { 'content-length': 0 }).end();
  });
}
