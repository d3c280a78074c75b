import type { IncomingMessage } from 'node:http';
import { DaybookError } from '@daybook/errors';
import { failure } from './wire/failure.ts';

/** Larger than any request that is allowed: a mebibyte of message, escaped or encoded at its worst. */
const MAX_BODY_BYTES = 4 * 1024 * 1024;

/** Reads a request's body; one that is too long is refused before it is read to its end. */
export function readBody(request: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      chunks.push(chunk);
      if (bytes <= MAX_BODY_BYTES) return;
      request.pause();
      reject(failure('RequestEntityTooLarge', `The request is longer than ${MAX_BODY_BYTES} bytes.`));
    });
    request.once('end', () => resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)));
    request.once('close', () => {
      if (!request.complete)
        reject(new DaybookError('invalid-argument', 'The connection was closed before the request was whole.'));
    });
    request.once('error', reject);
  });
}
