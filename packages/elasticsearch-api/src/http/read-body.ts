import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { DaybookError } from '@daybook/errors';
import { illegalArgument } from '../errors/errors.ts';

const gunzipAsync = promisify(gunzip);

/** Reads bodies within a bound for each and a bound for all that are in memory at once. */
export interface BodyReader {
  /** The whole body, decompressed. Call `release` when the request has been answered. */
  read(request: IncomingMessage): Promise<{ readonly body: Uint8Array; release(): void }>;
}

export function createBodyReader(options: { readonly maxBytes: number; readonly maxTotalBytes: number }): BodyReader {
  let totalBytes = 0;
  return {
    read: async (request) => {
      let heldBytes = 0;
      const release = (): void => {
        totalBytes -= heldBytes;
        heldBytes = 0;
      };
      try {
        const declaredBytes = Number(request.headers['content-length'] ?? 0);
        if (declaredBytes > options.maxBytes) throw tooLarge(declaredBytes, options.maxBytes);
        const chunks: Buffer[] = [];
        for await (const chunk of request as AsyncIterable<Buffer>) {
          heldBytes += chunk.byteLength;
          totalBytes += chunk.byteLength;
          if (heldBytes > options.maxBytes) throw tooLarge(heldBytes, options.maxBytes);
          if (totalBytes > options.maxTotalBytes) throw tooManyInFlight(totalBytes, options.maxTotalBytes);
          chunks.push(chunk);
        }
        const bytes = chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks);
        return { body: await decompress(bytes, request.headers['content-encoding'], options.maxBytes), release };
      } catch (error) {
        release();
        throw error;
      }
    },
  };
}

async function decompress(bytes: Buffer, encoding: string | undefined, maxBytes: number): Promise<Uint8Array> {
  if (encoding === undefined || encoding === 'identity' || bytes.byteLength === 0) return bytes;
  if (encoding !== 'gzip') throw illegalArgument(`Content-Encoding [${encoding}] is not supported, expected [gzip]`);
  try {
    return await gunzipAsync(bytes, { maxOutputLength: maxBytes });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(undefined, maxBytes);
    throw illegalArgument('the body is not what its Content-Encoding [gzip] says');
  }
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
