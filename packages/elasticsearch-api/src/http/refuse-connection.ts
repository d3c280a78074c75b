import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';

/** What is told of a request that is no HTTP, too long a head, or too slow; by the code of Node's parser. */
const refusals: ReadonlyMap<string, readonly [status: number, type: string, reason: string]> = new Map([
  [
    'HPE_HEADER_OVERFLOW',
    [431, 'too_long_http_header_exception', 'The head of the request is larger than 16384 bytes.'],
  ],
  ['ERR_HTTP_REQUEST_TIMEOUT', [408, 'timeout_exception', 'The request did not come in time.']],
]);
const malformed = [400, 'illegal_argument_exception', 'The request is not well-formed HTTP.'] as const;

/** Answers, in Elasticsearch's shape, what never became a request, and ends the connection. */
export function refuseConnection(error: Error, socket: Duplex): void {
  if (!socket.writable || (error as NodeJS.ErrnoException).code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const [status, type, reason] = refusals.get((error as NodeJS.ErrnoException).code ?? '') ?? malformed;
  const body = JSON.stringify({ error: { root_cause: [{ type, reason }], type, reason }, status });
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nX-Elastic-Product: Elasticsearch\r\nConnection: close\r\n` +
      `Content-Type: application/json; charset=UTF-8\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}
