import { Readable } from 'node:stream';
import type { StoredFile } from '@daybook/output-store';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { parseRange } from '../http/byte-range.ts';
import { contentTypeOf } from '../http/media-type.ts';

/**
 * Sends a stored file, or the part of it that the request asks for (RFC 9110, sections 13 and 14). `etag` has its quotes; the media type is the
 * one of the file's name unless given.
 */
export function sendFile(
  request: FastifyRequest,
  reply: FastifyReply,
  file: StoredFile,
  etag: string,
  mediaType: string = contentTypeOf(file.name),
): FastifyReply {
  reply.headers({
    'accept-ranges': 'bytes',
    etag,
    'last-modified': file.modifiedTime.toUTCString(),
    'cache-control': 'private, no-cache',
    // Outputs are what users' workflows wrote: a page among them must not act as one of this server's.
    'content-security-policy': 'sandbox',
    'x-content-type-options': 'nosniff',
  });
  if (isKnown(request.headers['if-none-match'], etag)) return reply.code(304).send();
  const ifRange = request.headers['if-range'];
  const range = ifRange === undefined || ifRange === etag ? request.headers.range : undefined;
  const part = parseRange(range, file.sizeBytes);
  if (part === 'unsatisfiable') {
    return reply.code(416).header('content-range', `bytes */${file.sizeBytes}`).send();
  }
  reply.type(mediaType);
  if (part === 'whole') {
    reply.header('content-length', file.sizeBytes);
    return reply.send(request.method === 'HEAD' ? Readable.from([]) : file.read());
  }
  reply.code(206).headers({
    'content-length': part.end - part.start + 1,
    'content-range': `bytes ${part.start}-${part.end}/${file.sizeBytes}`,
  });
  return reply.send(request.method === 'HEAD' ? Readable.from([]) : file.read(part));
}

function isKnown(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  const known = ifNoneMatch.split(',').map((each) => each.trim().replace(/^W\//, ''));
  return known.includes(etag) || known.includes('*');
}
