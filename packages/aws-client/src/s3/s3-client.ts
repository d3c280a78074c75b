import { DaybookError } from '@daybook/errors';
import type { AwsClientOptions, CallOptions } from '../http-transport.ts';
import { parseXml } from '../xml.ts';
import { bodyText, refusalOf } from './answer.ts';
import { deleteObjects } from './delete-objects.ts';
import { createMultipartCalls, type MultipartCalls } from './multipart.ts';
import type { ObjectAddress, ObjectAnswer } from './object.ts';
import { type ObjectPage, parseObjectPage } from './object-page.ts';
import { S3Transport } from './s3-transport.ts';
import { sha256Checksum } from './sha256-checksum.ts';

/** What HeadObject says. */
export interface ObjectHead {
  readonly sizeBytes: number;
  readonly modifiedTime: Date;
}

/** Which objects to list. */
export interface ListRequest {
  readonly bucket: string;
  readonly prefix: string;
  /** Keys that have it behind the prefix are listed as one of the page's prefixes. */
  readonly delimiter?: string;
  /** Only keys behind this one, in the order of their bytes. */
  readonly startAfter?: string;
  /** Where the page before ended. */
  readonly continuationToken?: string;
  /** 1,000 at most, which is the default. */
  readonly maxKeys?: number;
}

/** The calls of S3 that Daybook makes. Nothing is retried. Errors of the service have the code that its answer means. */
export interface S3Client extends MultipartCalls {
  /** `headers` may hold a range and conditions; they are signed with the rest. */
  getObject(
    address: ObjectAddress,
    headers?: Readonly<Record<string, string>>,
    options?: CallOptions,
  ): Promise<ObjectAnswer>;
  /** Undefined where there is none, or no such bucket: the answer has no body that tells them apart. */
  headObject(address: ObjectAddress, options?: CallOptions): Promise<ObjectHead | undefined>;
  /** Stored with its SHA-256, which S3 checks. With the header `if-none-match: *`, `already-exists` where the key is taken. */
  putObject(
    address: ObjectAddress,
    body: Uint8Array | string,
    headers?: Readonly<Record<string, string>>,
    options?: CallOptions,
  ): Promise<void>;
  /** A page of the objects whose keys begin with the prefix, in the order of their keys' bytes. */
  listObjects(request: ListRequest, options?: CallOptions): Promise<ObjectPage>;
  /** 1,000 keys at most. No error for those that are not there. */
  deleteObjects(bucket: string, keys: readonly string[], options?: CallOptions): Promise<void>;
  close(): Promise<void>;
}

const MAX_LISTING_BYTES = 8 * 2 ** 20;

/** A client of S3, or of a server that speaks as it does. */
export function createS3Client(options: AwsClientOptions): S3Client {
  const transport = new S3Transport(options);
  return {
    async getObject(address, headers = {}, { signal } = {}) {
      checkKey(address, 'GetObject');
      const answer = await transport.send({ method: 'GET', ...address, headers, signal });
      if (![200, 206, 304].includes(answer.statusCode)) throw await refusalOf(answer, 'GetObject', address.bucket);
      return answer;
    },
    async headObject(address, { signal } = {}) {
      checkKey(address, 'HeadObject');
      const answer = await transport.send({ method: 'HEAD', ...address, signal });
      if (answer.statusCode === 404) return void answer.body.resume();
      if (answer.statusCode !== 200) throw await refusalOf(answer, 'HeadObject', address.bucket);
      answer.body.resume();
      return {
        sizeBytes: Number(answer.headers['content-length']),
        modifiedTime: new Date(String(answer.headers['last-modified'])),
      };
    },
    async putObject(address, body, headers = {}, { signal } = {}) {
      checkKey(address, 'PutObject');
      const checked = { ...sha256Checksum(body), ...headers };
      const answer = await transport.send({ method: 'PUT', ...address, headers: checked, body, signal });
      if (answer.statusCode !== 200) throw await refusalOf(answer, 'PutObject', address.bucket);
      answer.body.resume();
    },
    async listObjects(request, { signal } = {}) {
      const { bucket } = request;
      const answer = await transport.send({ method: 'GET', bucket, key: '', query: listQuery(request), signal });
      if (answer.statusCode !== 200) throw await refusalOf(answer, 'ListObjectsV2', bucket);
      return parseObjectPage(parseXml(await bodyText(answer.body, MAX_LISTING_BYTES)));
    },
    deleteObjects: (bucket, keys, { signal } = {}) => deleteObjects(transport, bucket, keys, signal),
    ...createMultipartCalls(transport),
    close: () => transport.close(),
  };
}

/** Without a key, a request is about the bucket: a GET lists it. */
function checkKey({ key }: ObjectAddress, action: string): void {
  if (key === '') throw new DaybookError('invalid-argument', `s3 ${action}: expected a key, found none`);
}

function listQuery({ prefix, delimiter, startAfter, continuationToken, maxKeys = 1000 }: ListRequest) {
  return {
    'list-type': '2',
    'encoding-type': 'url',
    'max-keys': String(maxKeys),
    prefix,
    ...(delimiter !== undefined && { delimiter }),
    ...(startAfter !== undefined && { 'start-after': startAfter }),
    ...(continuationToken !== undefined && { 'continuation-token': continuationToken }),
  };
}
