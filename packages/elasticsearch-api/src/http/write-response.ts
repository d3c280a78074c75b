import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { createGzip, gzip } from 'node:zlib';
import { TimeSlice } from '@daybook/search-engine';

const gzipAsync = promisify(gzip);
const minGzipChars = 1024;
const level = 3;

/** One answer; the pieces are those of its text. */
interface WrittenAnswer {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly pieces: readonly string[];
}

/** Writes one answer: its length always stands in it, `HEAD` gets no body, and gzip is used where it was asked for. */
export async function writeResponse(
  request: IncomingMessage,
  response: ServerResponse,
  answer: WrittenAnswer,
): Promise<void> {
  const compressed = isWorthCompressing(request, answer.pieces) ? await compress(answer.pieces) : undefined;
  if (compressed !== undefined) answer.headers['Content-Encoding'] = 'gzip';
  if (response.destroyed) return;
  // A body that was refused half way is not read on, so the connection cannot serve another request.
  if (!request.complete) answer.headers.Connection = 'close';
  const pieces = compressed === undefined ? answer.pieces : [compressed];
  const slice = new TimeSlice();
  let bytes = 0;
  for (const piece of pieces) {
    bytes += Buffer.byteLength(piece);
    if (pieces.length > 1 && slice.isOver) await slice.next();
  }
  answer.headers['Content-Length'] = String(bytes);
  response.writeHead(answer.status, answer.headers);
  if (request.method === 'HEAD') response.end();
  else if (pieces.length === 1) response.end(pieces[0]);
  else await writePieces(response, pieces);
}

/** Each piece is written when those before it have left. */
async function writePieces(response: ServerResponse, pieces: readonly (string | Buffer)[]): Promise<void> {
  const slice = new TimeSlice();
  for (const piece of pieces.slice(0, -1)) {
    if (!response.write(piece)) await drained(response);
    // What the kernel takes at once has left before anything else runs.
    if (slice.isOver) await slice.next();
    if (response.destroyed) return;
  }
  // Text goes out in one write together with the headers, which a buffer would not.
  response.end(pieces.at(-1));
}

/** Also when the connection is gone. */
function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      response.off('drain', end).off('close', end);
      resolve();
    };
    response.on('drain', end).on('close', end);
  });
}

function isWorthCompressing(request: IncomingMessage, [first = '']: readonly string[]): boolean {
  return first.length >= minGzipChars && acceptsGzip(request.headers['accept-encoding']);
}

function compress(pieces: readonly string[]): Promise<Buffer> {
  const [first = ''] = pieces;
  return pieces.length === 1 ? gzipAsync(first, { level }) : buffer(Readable.from(pieces).pipe(createGzip({ level })));
}

function acceptsGzip(header: string | string[] | undefined): boolean {
  return /(?:^|,)\s*gzip\s*(?:$|,|;\s*q=(?!0(?:\.0*)?\s*(?:,|$)))/.test(String(header ?? ''));
}
