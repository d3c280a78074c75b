import type { S3Client } from '@daybook/aws-client';
import { DaybookError } from '@daybook/errors';

/** From where s3 inputs come. */
export interface S3Inputs {
  readonly client: Pick<S3Client, 'getObject' | 'listObjects'>;
  /** What jobs may read with the client's rights: `BUCKET`, or `BUCKET/PREFIX` for the keys that begin so. */
  readonly allowed: readonly string[];
}

/** An `s3:` URL. As for the AWS command line, the key stands in it as it is: nothing in it is encoded. */
export interface S3Location {
  readonly bucket: string;
  /** Or the prefix, of a Directory. */
  readonly key: string;
}

const S3_URL = /^s3:\/\/([^/]+)\/(.*)$/is;

/** Throws `invalid-argument` for another URL, and `forbidden` for what jobs may not read. */
export function checkS3Location(
  location: string,
  inputs: S3Inputs | undefined,
): { readonly address: S3Location; readonly inputs: S3Inputs } {
  const [, bucket, key] = S3_URL.exec(location) ?? [];
  if (bucket === undefined || key === undefined) {
    throw new DaybookError('invalid-argument', 'its location is no s3 URL: expected s3://BUCKET/KEY');
  }
  if (inputs === undefined || !inputs.allowed.some((allowed) => isBelow(`${bucket}/${key}`, allowed))) {
    throw new DaybookError('forbidden', 'jobs may read only what the setting s3-inputs names');
  }
  return { address: { bucket, key }, inputs };
}

/** A bare bucket allows its keys, and not the buckets whose names begin as it does. */
function isBelow(path: string, allowed: string): boolean {
  return path.startsWith(allowed.includes('/') ? allowed : `${allowed}/`);
}
