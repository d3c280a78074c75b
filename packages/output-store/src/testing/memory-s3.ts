import { createHash, randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import type { S3Client } from '@daybook/aws-client';
import { DaybookError } from '@daybook/errors';

/** An S3 in memory, which also says what it was asked and fails on demand. */
export interface MemoryS3 extends S3Client {
  /** By key, in any bucket. */
  readonly objects: ReadonlyMap<string, Buffer>;
  /** Calls that were made, by name. */
  readonly calls: string[];
  /** Multipart uploads that are neither completed nor aborted. */
  readonly openUploads: ReadonlySet<string>;
  /** Asked before each call, and after it too where it is told `done`; what it throws, the call rejects with. */
  fail: (call: string, key: string, done: boolean) => void;
}

/** Orders keys as S3 does, and pages by `maxKeys`. */
export function createMemoryS3(): MemoryS3 {
  const objects = new Map<string, Buffer>();
  const times = new Map<string, Date>();
  const uploads = new Map<string, Map<number, Buffer>>();
  const openUploads = new Set<string>();
  const calls: string[] = [];
  const store = (key: string, body: Uint8Array | string): void => {
    objects.set(key, Buffer.from(body as string));
    times.set(key, new Date());
  };
  const s3: MemoryS3 = {
    objects,
    calls,
    openUploads,
    fail: () => {},
    getObject: ({ key }, headers = {}) =>
      does('GetObject', key, () => {
        const content = objects.get(key);
        if (content === undefined) throw missing('NoSuchKey');
        const [, start, end] = /^bytes=(\d+)-(\d*)$/.exec(headers.range ?? '') ?? [];
        const part = start === undefined ? content : content.subarray(Number(start), end ? Number(end) + 1 : undefined);
        return { statusCode: start === undefined ? 200 : 206, headers: {}, body: Readable.from([part]) };
      }),
    headObject: ({ key }) =>
      does('HeadObject', key, () => {
        const content = objects.get(key);
        return content && { sizeBytes: content.length, modifiedTime: times.get(key)! };
      }),
    putObject: ({ key }, body, headers = {}) =>
      does('PutObject', key, () => {
        if (headers['if-none-match'] === '*' && objects.has(key)) {
          throw new DaybookError('already-exists', 's3 PutObject: PreconditionFailed');
        }
        store(key, body);
      }),
    listObjects: ({ prefix, delimiter, startAfter = '', continuationToken = startAfter, maxKeys = 1000 }) =>
      does('ListObjectsV2', prefix, () => {
        const rolled = new Set<string>();
        for (const key of objects.keys()) {
          const at = delimiter === undefined ? -1 : key.indexOf(delimiter, prefix.length);
          if (key.startsWith(prefix)) rolled.add(at < 0 ? key : key.slice(0, at + 1));
        }
        const found = [...rolled].filter((key) => compare(key, continuationToken) > 0).sort(compare);
        const page = found.slice(0, maxKeys);
        const isKey = (key: string): boolean =>
          delimiter === undefined || !key.slice(prefix.length).includes(delimiter);
        return {
          objects: page
            .filter(isKey)
            .map((key) => ({ key, sizeBytes: objects.get(key)!.length, modifiedTime: times.get(key)! })),
          prefixes: page.filter((key) => !isKey(key)),
          ...(found.length > maxKeys && { nextToken: page.at(-1)! }),
        };
      }),
    deleteObjects: (_bucket, keys) =>
      does('DeleteObjects', keys[0] ?? '', () => {
        for (const key of keys) objects.delete(key);
      }),
    createMultipartUpload: (address) =>
      does('CreateMultipartUpload', address.key, () => {
        const uploadId = randomUUID();
        uploads.set(uploadId, new Map());
        openUploads.add(uploadId);
        return { ...address, uploadId };
      }),
    uploadPart: ({ key, uploadId }, partNumber, body) =>
      does('UploadPart', key, () => {
        uploads.get(uploadId)!.set(partNumber, Buffer.from(body));
        return { partNumber, etag: `"${partNumber}"`, sha256: createHash('sha256').update(body).digest('base64') };
      }),
    completeMultipartUpload: ({ key, uploadId }, parts) =>
      does('CompleteMultipartUpload', key, () => {
        if (!openUploads.delete(uploadId)) throw missing('NoSuchUpload');
        store(key, Buffer.concat(parts.map(({ partNumber }) => uploads.get(uploadId)!.get(partNumber)!)));
      }),
    abortMultipartUpload: ({ key, uploadId }) =>
      does('AbortMultipartUpload', key, () => {
        openUploads.delete(uploadId);
      }),
    close: async () => {},
  };
  const does = async <T>(call: string, key: string, action: () => T): Promise<T> => {
    calls.push(call);
    s3.fail(call, key, false);
    const result = action();
    s3.fail(call, key, true);
    return result;
  };
  return s3;
}

function compare(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

function missing(awsCode: string): DaybookError {
  return new DaybookError('not-found', `s3: ${awsCode}`, { detail: { awsCode } });
}
