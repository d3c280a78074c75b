import type { ExpectedDigest } from '../digests.ts';
import { headerOf, type InputSource, type SourceAnswer } from '../input-source.ts';
import type { S3Inputs, S3Location } from './s3-inputs.ts';

const CHECKSUMS = ['sha256', 'sha1', 'crc32c', 'crc32'] as const;

/** An object of S3. */
export function s3Source({ bucket, key }: S3Location, { client }: S3Inputs): InputSource {
  const name = `s3://${bucket}/${key}`;
  return {
    name,
    key: name,
    get: (headers, signal) =>
      client.getObject({ bucket, key }, { ...headers, 'x-amz-checksum-mode': 'ENABLED' }, { signal }),
    digestsOf,
  };
}

/** What S3 says of the whole object: the checksum that it was put with, else the ETag where that is the MD5 of the content. */
function digestsOf(headers: SourceAnswer['headers']): readonly ExpectedDigest[] {
  for (const algorithm of CHECKSUMS) {
    const base64 = headerOf({ headers }, `x-amz-checksum-${algorithm}`);
    // A checksum of the parts' checksums ends with their number.
    if (base64 !== undefined && !base64.includes('-')) {
      return [{ algorithm, digest: Buffer.from(base64, 'base64').toString('hex') }];
    }
  }
  const md5 = /^"([\da-f]{32})"$/.exec(headerOf({ headers }, 'etag') ?? '')?.[1];
  // spec: Amazon S3 API, "Object": the ETag is the MD5 of objects put whole in plain text or with SSE-S3.
  const isPlain = ['AES256', undefined].includes(headerOf({ headers }, 'x-amz-server-side-encryption'));
  const hasCustomerKey = headers['x-amz-server-side-encryption-customer-algorithm'] !== undefined;
  return md5 !== undefined && isPlain && !hasCustomerKey ? [{ algorithm: 'md5', digest: md5 }] : [];
}
