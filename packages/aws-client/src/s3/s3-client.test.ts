import { createHash } from 'node:crypto';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { verifySignature } from '../verify-signature.ts';
import type { ObjectAddress } from './object.ts';
import { createS3Client, type S3Client } from './s3-client.ts';

const credentials = { accessKeyId: 'AKID', secretAccessKey: 'secret' };

let server: Server;
let client: S3Client;
let listener: RequestListener;

beforeEach(async () => {
  server = createServer((request, response) => listener(request, response));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  client = createS3Client({ endpoint, region: 'eu-west-1', credentials });
});
afterEach(async () => {
  await client.close();
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
});

const failWith =
  (status: number, code: string, headers: Record<string, string> = {}): RequestListener =>
  (_request, response) => {
    response.writeHead(status, headers);
    response.end(`<?xml version="1.0"?>\n<Error><Code>${code}</Code><Message>No ${code}</Message></Error>`);
  };

describe('the client of S3', () => {
  it('signs the key as it is sent, whatever is in it, with the headers of the request', async () => {
    let signer: string | undefined;
    let path: string | undefined;
    listener = (request, response) => {
      path = request.url;
      const headers = request.headers as Record<string, string>;
      const signed = { method: 'GET', url: `http://${headers.host}${path}`, headers, body: '' };
      const keysOf = (id: string) => (id === 'AKID' ? credentials : undefined);
      signer = verifySignature(signed, { keysOf, services: ['s3'], region: 'eu-west-1' });
      response.end(headers.range);
    };
    const key = "a b/ü+%20/(x)!'*.nc";
    const answer = await client.getObject({ bucket: 'archive', key }, { range: 'bytes=3-' });
    expect(await answer.body.toArray().then((chunks) => Buffer.concat(chunks).toString())).toBe('bytes=3-');
    expect(path).toBe('/archive/a%20b/%C3%BC%2B%2520/%28x%29%21%27%2A.nc');
    expect(signer).toBe('AKID');
  });

  it('reads a listing page by page', async () => {
    listener = (request, response) => {
      const { searchParams } = new URL(request.url!, 'http://x');
      const isFirst = searchParams.get('continuation-token') === null;
      const item = `<Contents><Key>${searchParams.get('prefix')}${isFirst ? '1' : '2 &amp; 3'}</Key><Size>7</Size><LastModified>2026-01-02T03:04:05.000Z</LastModified></Contents>`;
      const next = '<IsTruncated>true</IsTruncated><NextContinuationToken>t/1</NextContinuationToken>';
      const rest = isFirst ? next : '<IsTruncated>false</IsTruncated>';
      response.end(
        `<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${item}${rest}</ListBucketResult>`,
      );
    };
    const first = await client.listObjects({ bucket: 'archive', prefix: 'a b/' });
    const modifiedTime = new Date('2026-01-02T03:04:05Z');
    expect(first).toEqual({ objects: [{ key: 'a b/1', sizeBytes: 7, modifiedTime }], prefixes: [], nextToken: 't/1' });
    const second = await client.listObjects({ bucket: 'archive', prefix: 'a b/', continuationToken: 't/1' });
    expect(second).toEqual({ objects: [{ key: 'a b/2 & 3', sizeBytes: 7, modifiedTime }], prefixes: [] });
  });

  it('reads keys in the encoding of forms, and what stands for those below a delimiter', async () => {
    listener = (_request, response) =>
      response.end(
        '<ListBucketResult><EncodingType>url</EncodingType><CommonPrefixes><Prefix>a+b%2Bc/</Prefix></CommonPrefixes></ListBucketResult>',
      );
    const page = await client.listObjects({ bucket: 'archive', prefix: '', delimiter: '/' });
    expect(page.prefixes).toEqual(['a b+c/']);
  });

  it.each([
    ['PUT', (address: ObjectAddress) => client.putObject(address, 'content', { 'if-none-match': '*' })],
    ['POST', (address: ObjectAddress) => client.deleteObjects(address.bucket, ['a & b', 'c'])],
  ])('signs the body of a %s', async (method, send) => {
    const signed = new Promise((resolve) => {
      listener = async (request, response) => {
        const headers = request.headers as Record<string, string>;
        const body = await text(request);
        const keysOf = (id: string) => (id === 'AKID' ? credentials : undefined);
        const url = `http://${headers.host}${request.url}`;
        const hash = createHash('sha256').update(body).digest('hex');
        const isOwnHash = headers['x-amz-content-sha256'] === hash;
        resolve(
          isOwnHash &&
            verifySignature({ method, url, headers, body }, { keysOf, services: ['s3'], region: 'eu-west-1' }),
        );
        response.end('<DeleteResult/>');
      };
    });
    await send({ bucket: 'archive', key: 'k' });
    expect(await signed).toBe('AKID');
  });

  it('throws what the answer to a deletion or a completion says is wrong, though its status is 200', async () => {
    listener = (_request, response) =>
      response.end(
        '<DeleteResult><Error><Key>k</Key><Code>AccessDenied</Code><Message>No</Message></Error></DeleteResult>',
      );
    await expect(client.deleteObjects('archive', ['k'])).rejects.toMatchObject({ code: 'forbidden' });
    listener = (_request, response) => response.end('\n<Error><Code>InternalError</Code></Error>');
    const upload = { bucket: 'archive', key: 'k', uploadId: 'u' };
    await expect(client.completeMultipartUpload(upload, [])).rejects.toMatchObject({ code: 'unavailable' });
  });

  it.each([
    [412, 'PreconditionFailed', {}, { code: 'already-exists' }],
    [404, 'NoSuchKey', {}, { code: 'not-found', message: 's3 GetObject: No NoSuchKey' }],
    [403, 'AccessDenied', {}, { code: 'forbidden' }],
    [503, 'SlowDown', {}, { code: 'unavailable' }],
    [
      301,
      'PermanentRedirect',
      { 'x-amz-bucket-region': 'us-west-2' },
      { code: 'invalid-argument', message: expect.stringContaining('us-west-2') },
    ],
  ] as const)('gives %d %s the code that it means', async (status, code, headers, error) => {
    listener = failWith(status, code, headers);
    await expect(client.getObject({ bucket: 'archive', key: 'k' })).rejects.toMatchObject(error);
  });

  it('survives a body that is dropped while it comes', async () => {
    listener = (_request, response) => response.write('the beginning');
    const stop = new AbortController();
    const { body } = await client.getObject({ bucket: 'archive', key: 'k' }, {}, { signal: stop.signal });
    const closed = new Promise((resolve) => body.once('close', resolve));
    stop.abort(new Error('the job has ended'));
    await closed;
    const { body: second } = await client.getObject({ bucket: 'archive', key: 'k' });
    second.destroy();
    await new Promise((resolve) => second.once('close', resolve));
  });

  it.each([
    ['../x', 'k', 'no name of a bucket'],
    ['archive', 'a/../k', 'cannot be addressed'],
    ['archive', '', 'expected a key'],
  ])('refuses what would lead elsewhere: %s, %s', async (bucket, key, reason) => {
    await expect(client.getObject({ bucket, key })).rejects.toThrow(reason);
  });
});
