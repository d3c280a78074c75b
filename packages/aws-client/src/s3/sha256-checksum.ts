import { createHash } from 'node:crypto';

/** The header by which S3 checks a body and keeps its checksum with the object. */
export function sha256Checksum(body: Uint8Array | string): { readonly 'x-amz-checksum-sha256': string } {
  return { 'x-amz-checksum-sha256': createHash('sha256').update(body).digest('base64') };
}
