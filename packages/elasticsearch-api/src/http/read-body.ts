import type { IncomingMessage } from 'node:http';
import { createGunzip } from 'node:zlib';
import { DaybookError, isDaybookError } from '@daybook/errors';
import { TimeSlice } from '@daybook/search-engine';
import { illegalArgument } from '../errors/errors.ts';

const empty = new Uint8Array();

/** Reads bodies within a bound for each and a bound for all that are in memory at once. */
export interface BodyReader {
  /** The whole body, decompressed. Call `release` when the request has been answered. */
  read(request: IncomingMessage): Promise<{ readonly body: Uint8Array; release(): void }>;
}

/** A reader with its own count of what is in memory. */
export function createBodyReader(options: { readonly maxBytes: number; readonly maxTotalBytes: number }): BodyReader {
  let totalBytes = 0;
  return {
    read: async (request) => {
      if (request.headers['content-length'] === undefined && request.headers['transfer-encoding'] === undefined) {
        return { body: empty, release: () => undefined };
      }
      const declaredBytes = Number(request.headers['content-length'] ?? 0);
      if (declaredBytes > options.maxBytes) throw tooLarge(declaredBytes, options.maxBytes);
      let heldBytes = 0;
      const release = (): void => {
        totalBytes -= heldBytes;
        heldBytes = 0;
      };
      const hold = (bytes: number): void => {
        heldBytes += bytes;
        totalBytes += bytes;
        if (totalBytes > options.maxTotalBytes) throw tooManyInFlight(totalBytes, options.maxTotalBytes);
      };
      // As it comes and decompressed, a body is bounded alike; both are in memory.
      const limited = () => {
        let ownBytes = 0;
        return (bytes: number): void => {
          ownBytes += bytes;
          if (ownBytes > options.maxBytes) throw tooLarge(ownBytes, options.maxBytes);
          hold(bytes);
        };
      };
      try {
        const bytes = await collect(request, limited());
        const encoding = request.headers['content-encoding'];
        const body = encoding === undefined ? bytes : await decompress(bytes, encoding, limited());
        return { body, release };
      } catch (error) {
        release();
        throw error;
      }
    },
  };
}

/** Reads to the end; `hold` is told of each chunk and may throw, which ends the reading. */
function collect(request: IncomingMessage, hold: (bytes: number) => void): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const onData = (chunk: Buffer): void => {
      try {
        hold(chunk.byteLength);
        chunks.push(chunk);
      } catch (error) {
        request.off('data', onData);
        request.pause();
        reject(error);
      }
    };
    request.on('data', onData);
    request.once('end', () => resolve(joined(chunks)));
    request.once('error', reject);
    request.once('close', () => {
      // An error takes a stack trace: most requests are whole when they close.
      if (!request.complete) reject(new Error('the client went away before its body had come'));
    });
  });
}

/** Piece by piece, so that what is decompressed counts before it is in memory. */
async function decompress(bytes: Buffer, encoding: string, hold: (bytes: number) => void): Promise<Uint8Array> {
  if (encoding === 'identity' || bytes.byteLength === 0) return bytes;
  if (encoding !== 'gzip') throw illegalArgument(`Content-Encoding [${encoding}] is not supported, expected [gzip]`);
  const pieces: Buffer[] = [];
  const stream = createGunzip();
  stream.end(bytes);
  try {
    for await (const piece of stream) {
      hold((piece as Buffer).byteLength);
      pieces.push(piece as Buffer);
    }
  } catch (error) {
    if (isDaybookError(error)) throw error;
    throw illegalArgument('the body is not what its Content-Encoding [gzip] says');
  }
  return joined(pieces);
}

async function joined(pieces: readonly Buffer[]): Promise<Buffer> {
  if (pieces.length === 1) return pieces[0]!;
  const whole = Buffer.allocUnsafe(pieces.reduce((sum, { byteLength }) => sum + byteLength, 0));
  const slice = new TimeSlice();
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.byteLength;
    if (slice.isOver) await slice.next();
  }
  return whole;
}

function tooLarge(bytes: number | undefined, maxBytes: number): DaybookError {
  const found = bytes === undefined ? '' : ` of at least [${bytes}] bytes`;
  return new DaybookError('limit-exceeded', `the body${found} is larger than the allowed [${maxBytes}] bytes`, {
    detail: { reason: 'content_too_long_exception' },
  });
}

function tooManyInFlight(bytes: number, maxBytes: number): DaybookError {
  return new DaybookError(
    'limit-exceeded',
    `[in_flight_requests] Data too large, bodies of [${bytes}] bytes would be in memory, the limit is [${maxBytes}] bytes`,
    { detail: { reason: 'circuit_breaking_exception' } },
  );
}
