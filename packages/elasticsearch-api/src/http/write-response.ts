import type { IncomingMessage, ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

const gzipAsync = promisify(gzip);
const minGzipChars = 1024;

/** Writes one answer: its length always stands in it, `HEAD` gets no body, and gzip is used where it was asked for. */
export async function writeResponse(
  request: IncomingMessage,
  response: ServerResponse,
  answer: { readonly status: number; readonly headers: Record<string, string>; readonly text: string },
): Promise<void> {
  const compressed = await compress(request, answer.text);
  if (compressed !== undefined) answer.headers['Content-Encoding'] = 'gzip';
  if (response.destroyed) return;
  // A body that was refused half way is not read on, so the connection cannot serve another request.
  if (!request.complete) answer.headers.Connection = 'close';
  const bytes = compressed?.byteLength ?? Buffer.byteLength(answer.text);
  response.writeHead(answer.status, { ...answer.headers, 'Content-Length': String(bytes) });
  // Text goes out in one write together with the headers, which a buffer would not.
  response.end(request.method === 'HEAD' ? undefined : (compressed ?? answer.text));
}

async function compress(request: IncomingMessage, text: string): Promise<Buffer | undefined> {
  if (text.length < minGzipChars || !acceptsGzip(request.headers['accept-encoding'])) return undefined;
  return gzipAsync(text, { level: 3 });
}

function acceptsGzip(header: string | string[] | undefined): boolean {
  return /(?:^|,)\s*gzip\s*(?:$|,|;\s*q=(?!0(?:\.0*)?\s*(?:,|$)))/.test(String(header ?? ''));
}
