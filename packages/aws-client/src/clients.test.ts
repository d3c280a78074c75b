import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createSnsClient } from './sns-client.ts';
import { createSqsClient } from './sqs-client.ts';
import type { SqsClient } from './sqs-types.ts';
import { verifySignature } from './verify-signature.ts';

const credentials = { accessKeyId: 'AKID', secretAccessKey: 'secret' };
const region = 'eu-west-1';
const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function serve(listener: RequestListener): Promise<string> {
  const server: Server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(
    () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function sqsAt(endpoint: string, timeoutMs = 5000): SqsClient {
  const client = createSqsClient({ endpoint, region, credentials, timeoutMs });
  closers.push(() => client.close());
  return client;
}

describe('a client', () => {
  it('signs what it sends so that the receiver can check it', async () => {
    let caller: string | undefined;
    const endpoint = await serve((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk) => chunks.push(chunk));
      request.on('end', () => {
        const headers = request.headers as Record<string, string>;
        const signed = { method: 'POST', url: endpoint + request.url, headers, body: Buffer.concat(chunks) };
        caller = verifySignature(signed, { keysOf: () => credentials, services: ['sqs'], region });
        response.end('{"MessageId":"m","SequenceNumber":"7"}');
      });
    });
    const sent = await sqsAt(endpoint).sendMessage({ queueUrl: 'q', body: 'grün' });
    expect(sent).toEqual({ messageId: 'm', sequenceNumber: '7' });
    expect(caller).toBe('AKID');
  });

  it.each([
    [400, { __type: 'com.amazonaws.sqs#QueueDoesNotExist', message: 'gone' }, 'not-found'],
    [400, { __type: 'com.amazonaws.sqs#RequestThrottled', message: 'slow' }, 'unavailable'],
    [400, { __type: 'com.amazonaws.sqs#OverLimit' }, 'limit-exceeded'],
    [403, { __type: 'com.amazon.coral.service#AccessDeniedException' }, 'forbidden'],
    [403, { __type: 'com.amazon.coral.service#InvalidSignatureException' }, 'unauthenticated'],
    [503, {}, 'unavailable'],
    [400, { __type: 'com.amazonaws.sqs#InvalidMessageContents' }, 'invalid-argument'],
  ])('turns an answer of %i %j into the error %s', async (status, body, code) => {
    const endpoint = await serve((_, response) => response.writeHead(status).end(JSON.stringify(body)));
    await expect(sqsAt(endpoint).getQueueUrl({ name: 'q' })).rejects.toMatchObject({ code, detail: { status } });
  });

  it('calls an answer that is no AWS answer a fault of the service', async () => {
    const endpoint = await serve((_, response) => response.end('<html>'));
    await expect(sqsAt(endpoint).getQueueUrl({ name: 'q' })).rejects.toMatchObject({ code: 'unavailable' });
    const sns = createSnsClient({ endpoint, region, credentials });
    closers.push(() => sns.close());
    await expect(sns.createTopic({ name: 't' })).rejects.toMatchObject({ code: 'unavailable' });
  });

  it('waits for an answer no longer than its limit', async () => {
    const endpoint = await serve(() => {});
    await expect(sqsAt(endpoint, 30).getQueueUrl({ name: 'q' })).rejects.toMatchObject({ code: 'timeout' });
  });

  it('ends a call whose signal aborts, before or after it is sent', async () => {
    let onRequest = (): void => {};
    const arrived = new Promise<void>((resolve) => {
      onRequest = resolve;
    });
    const client = sqsAt(await serve(() => onRequest()));
    await expect(client.getQueueUrl({ name: 'q' }, { signal: AbortSignal.abort(new Error('early')) })).rejects.toThrow(
      'early',
    );
    const abort = new AbortController();
    const call = client.receiveMessage({ queueUrl: 'q', waitTimeSeconds: 20 }, { signal: abort.signal });
    await arrived;
    abort.abort(new Error('late'));
    await expect(call).rejects.toThrow('late');
  });

  it('refuses an endpoint that is no address', () => {
    expect(() => createSqsClient({ endpoint: 'localhost:4566', region, credentials })).toThrow(/localhost:4566/);
  });
});
