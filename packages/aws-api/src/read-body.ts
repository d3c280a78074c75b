import type { IncomingMessage } from 'node:http';
import { failure } from './wire/failure.ts';

/** Larger than any request that is allowed: 256 KiB of message, escaped or encoded at its worst. */
const MAX_BODY_BYTES = 2 * 1024 * 1024;

/** Reads a request's body; one that is too long is refused before it is read to its end. */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_BODY_BYTES)
      throw failure('RequestEntityTooLarge', `The request is longer than ${MAX_BODY_BYTES} bytes.`);
    chunks.push(chunk);
  }
  return chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks);
}
