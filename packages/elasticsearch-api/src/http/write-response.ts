import type { IncomingMessage, ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

const gzipAsync = promisify(gzip);
const minGzipBytes = 1024;

/** Writes one answer: its length always stands in it, `HEAD` gets no body, and gzip is used where it was asked for. */
export async function writeResponse(
  request: IncomingMessage,
  response: ServerResponse,
  answer: { readonly status: number; readonly headers: Record<string, string>; readonly text: string },
): Promise<void> {
  let body: Buffer = Buffer.from(answer.text);
  if (body.byteLength >= minGzipBytes && acceptsGzip(request.headers['accept-encoding'])) {
    body = await gzipAsync(body, { level: 3 });
    answer.headers['Content-Encoding'] = 'gzip';
  }
  if (response.destroyed) return;
  // A body that was refused half way is not read on, so the connection cannot serve another request.
  if (!request.complete) answer.headers.Connection = 'close';
  response.writeHead(answer.status, { ...answer.headers, 'Content-Length': String(body.byteLength) });
  response.end(request.method === 'HEAD' ? undefined : body);
}

function acceptsGzip(header: string | string[] | undefined): boolean {
  return /(?:^|,)\s*gzip\s*(?:$|,|;\s*q=(?!0(?:\.0*)?\s*(?:,|$)))/.test(String(header ?? ''));
}
