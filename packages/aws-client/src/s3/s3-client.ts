import type { Readable } from 'node:stream';
import { DaybookError } from '@daybook/errors';
import { fromAwsError } from '../aws-error.ts';
import type { AwsClientOptions, CallOptions } from '../http-transport.ts';
import { parseXml, type XmlElement, xmlText } from '../xml.ts';
import { type ObjectPage, parseObjectPage } from './object-page.ts';
import { S3Transport } from './s3-transport.ts';

/** An object of a bucket. */
export interface ObjectAddress {
  readonly bucket: string;
  readonly key: string;
}

/** An answer of S3 whose body is still to be read, or destroyed. */
export interface ObjectAnswer {
  /** 200, 206, or 304 where the request's headers set a condition. */
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Readable;
}

/** Which objects to list. */
export interface ListRequest {
  readonly bucket: string;
  readonly prefix: string;
  /** Where the page before ended. */
  readonly continuationToken?: string;
  /** 1,000 at most, which is the default. */
  readonly maxKeys?: number;
}

/** The calls of S3 that Daybook makes. Nothing is retried. Errors of the service have the code that its answer means. */
export interface S3Client {
  /** `headers` may hold a range and conditions; they are signed with the rest. */
  getObject(
    address: ObjectAddress,
    headers?: Readonly<Record<string, string>>,
    options?: CallOptions,
  ): Promise<ObjectAnswer>;
  /** A page of the objects whose keys begin with the prefix, in the order of their keys. */
  listObjects(request: ListRequest, options?: CallOptions): Promise<ObjectPage>;
  close(): Promise<void>;
}

const MAX_LISTING_BYTES = 8 * 2 ** 20;
const MAX_ERROR_BYTES = 64 * 2 ** 10;

/** A client of S3, or of a server that speaks as it does. */
export function createS3Client(options: AwsClientOptions): S3Client {
  const transport = new S3Transport(options);
  return {
    async getObject(address, headers = {}, { signal } = {}) {
      // Without a key, a bucket answers with its listing.
      if (address.key === '') throw new DaybookError('invalid-argument', 's3 GetObject: expected a key, found none');
      const answer = await transport.send({ method: 'GET', ...address, headers, signal });
      if (![200, 206, 304].includes(answer.statusCode)) throw await refusalOf(answer, 'GetObject', address.bucket);
      return answer;
    },
    async listObjects({ bucket, prefix, continuationToken, maxKeys = 1000 }, { signal } = {}) {
      const query = {
        'list-type': '2',
        'max-keys': String(maxKeys),
        prefix,
        ...(continuationToken !== undefined && { 'continuation-token': continuationToken }),
      };
      const answer = await transport.send({ method: 'GET', bucket, key: '', query, headers: {}, signal });
      if (answer.statusCode !== 200) throw await refusalOf(answer, 'ListObjectsV2', bucket);
      return parseObjectPage(parseXml(await readText(answer.body, MAX_LISTING_BYTES)));
    },
    close: () => transport.close(),
  };
}

async function refusalOf(answer: ObjectAnswer, action: string, bucket: string): Promise<DaybookError> {
  const call = { service: 's3', action };
  const xml = tryParse(await readText(answer.body, MAX_ERROR_BYTES).catch(() => ''));
  const status = answer.statusCode;
  const region = answer.headers['x-amz-bucket-region'];
  if (status >= 300 && status < 400 && typeof region === 'string') {
    const message = `s3 ${action}: the bucket ${bucket} is in the region ${region}`;
    return new DaybookError('invalid-argument', message, { detail: { ...call, status, region } });
  }
  const code = (xml && xmlText(xml, 'Code')) ?? `HTTP ${status}`;
  return fromAwsError({ status, code, message: (xml && xmlText(xml, 'Message')) ?? code }, call);
}

function tryParse(text: string): XmlElement | undefined {
  try {
    return parseXml(text);
  } catch {
    return undefined;
  }
}

async function readText(body: Readable, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) throw new DaybookError('corrupt', `the answer of s3 is longer than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
