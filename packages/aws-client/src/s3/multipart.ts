import { DaybookError } from '@daybook/errors';
import type { CallOptions } from '../http-transport.ts';
import { escapeXml, parseXml, xmlText } from '../xml.ts';
import { bodyText, errorOf, refusalOf } from './answer.ts';
import type { ObjectAddress } from './object.ts';
import type { S3Transport } from './s3-transport.ts';
import { sha256Checksum } from './sha256-checksum.ts';

/** A multipart upload that has begun. It takes room, and is seen by nobody, until it is completed or aborted. */
export interface MultipartUpload extends ObjectAddress {
  readonly uploadId: string;
}

/** A part that was stored. */
export interface UploadedPart {
  /** From 1 to 10,000. */
  readonly partNumber: number;
  readonly etag: string;
  /** Base64. */
  readonly sha256: string;
}

/** Objects in parts: each but the last one of 5 MiB or more, with its SHA-256, which S3 checks. */
export interface MultipartCalls {
  createMultipartUpload(address: ObjectAddress, options?: CallOptions): Promise<MultipartUpload>;
  uploadPart(
    upload: MultipartUpload,
    partNumber: number,
    body: Uint8Array,
    options?: CallOptions,
  ): Promise<UploadedPart>;
  /** The parts in the order of their numbers. */
  completeMultipartUpload(
    upload: MultipartUpload,
    parts: readonly UploadedPart[],
    options?: CallOptions,
  ): Promise<void>;
  /** No error where it is gone. */
  abortMultipartUpload(upload: MultipartUpload, options?: CallOptions): Promise<void>;
}

const MAX_ANSWER_BYTES = 64 * 2 ** 10;
const XML = { 'content-type': 'application/xml' };

/** The calls over a transport. */
export function createMultipartCalls(transport: S3Transport): MultipartCalls {
  return {
    async createMultipartUpload(address, { signal } = {}) {
      const headers = { 'x-amz-checksum-algorithm': 'SHA256' };
      const answer = await transport.send({ method: 'POST', ...address, query: { uploads: '' }, headers, signal });
      if (answer.statusCode !== 200) throw await refusalOf(answer, 'CreateMultipartUpload', address.bucket);
      const uploadId = xmlText(parseXml(await bodyText(answer.body, MAX_ANSWER_BYTES)), 'UploadId');
      if (uploadId === undefined || uploadId === '') {
        throw new DaybookError('corrupt', 'the answer of s3 has no upload id');
      }
      return { ...address, uploadId };
    },
    async uploadPart({ bucket, key, uploadId }, partNumber, body, { signal } = {}) {
      const headers = sha256Checksum(body);
      const query = { partNumber: String(partNumber), uploadId };
      const answer = await transport.send({ method: 'PUT', bucket, key, query, headers, body, signal });
      if (answer.statusCode !== 200) throw await refusalOf(answer, 'UploadPart', bucket);
      answer.body.resume();
      return { partNumber, etag: String(answer.headers.etag), sha256: headers['x-amz-checksum-sha256'] };
    },
    async completeMultipartUpload({ bucket, key, uploadId }, parts, { signal } = {}) {
      const body = `<CompleteMultipartUpload xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${parts.map(partXml).join('')}</CompleteMultipartUpload>`;
      const query = { uploadId };
      const answer = await transport.send({ method: 'POST', bucket, key, query, headers: XML, body, signal });
      if (answer.statusCode !== 200) throw await refusalOf(answer, 'CompleteMultipartUpload', bucket);
      // spec: Amazon S3 API, CompleteMultipartUpload: an error that comes after the status line stands in the body.
      const xml = parseXml(await bodyText(answer.body, MAX_ANSWER_BYTES));
      if (xml.name === 'Error') throw errorOf(xml, 500, 'CompleteMultipartUpload');
    },
    async abortMultipartUpload({ bucket, key, uploadId }, { signal } = {}) {
      const answer = await transport.send({ method: 'DELETE', bucket, key, query: { uploadId }, signal });
      if (![204, 200, 404].includes(answer.statusCode)) throw await refusalOf(answer, 'AbortMultipartUpload', bucket);
      answer.body.resume();
    },
  };
}

function partXml({ partNumber, etag, sha256 }: UploadedPart): string {
  return `<Part><PartNumber>${partNumber}</PartNumber><ETag>${escapeXml(etag)}</ETag><ChecksumSHA256>${sha256}</ChecksumSHA256></Part>`;
}
