import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';

/** One part of a multipart body; its bytes are read when their turn comes. */
export interface Part {
  readonly headers: Readonly<Record<string, string>>;
  readonly content: () => AsyncIterable<Uint8Array | string> | string;
}

/** A body of several parts (RFC 2046, section 5.1) and its media type. */
export interface MultipartBody {
  readonly contentType: string;
  readonly stream: Readable;
}

/** The parts as `multipart/related` (RFC 2387), of which the first is the root. */
export function multipartRelated(parts: readonly Part[]): MultipartBody {
  const boundary = randomUUID();
  const rootType = (parts[0]?.headers['Content-Type'] ?? 'application/octet-stream').replace(/;.*$/, '');
  return {
    contentType: `multipart/related; type="${rootType}"; boundary=${boundary}`,
    stream: Readable.from(encode(parts, boundary), { objectMode: false }),
  };
}

async function* encode(parts: readonly Part[], boundary: string): AsyncGenerator<Uint8Array | string> {
  for (const { headers, content } of parts) {
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    yield `--${boundary}\r\n${lines.join('')}\r\n`;
    const bytes = content();
    if (typeof bytes === 'string') yield bytes;
    else yield* bytes;
    yield '\r\n';
  }
  yield `--${boundary}--\r\n`;
}
