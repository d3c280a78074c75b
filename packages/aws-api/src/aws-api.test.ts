import { mkdtemp, rm } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSnsClient, createSqsClient } from '@daybook/aws-client';
import { type MessageBus, openMessageBus } from '@daybook/message-bus';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AwsApi, createAwsApi } from './aws-api.ts';

const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' };
const region = 'us-east-1';

let directory: string;
let bus: MessageBus;
let api: AwsApi;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'aws-api-'));
  bus = await openMessageBus({ directory });
  api = await createAwsApi({ bus, port: 0, credentials });
});
afterEach(async () => {
  await api.close();
  await bus.close();
  await rm(directory, { recursive: true });
});

async function post(
  body: string,
  headers: Record<string, string>,
  path = '/',
): Promise<{ status: number; body: string }> {
  const answer = await fetch(api.url + path, { method: 'POST', body, headers });
  return { status: answer.status, body: await answer.text() };
}

describe('the clients of our own', () => {
  it('do what the other parts need of SQS and SNS', async () => {
    const options = { endpoint: api.url, region, credentials };
    const queues = createSqsClient(options);
    const topics = createSnsClient(options);
    const queueUrl = await queues.createQueue({ name: 'q.fifo', attributes: { FifoQueue: 'true' } });
    expect(await queues.getQueueUrl({ name: 'q.fifo' })).toBe(queueUrl);
    const topicArn = await topics.createTopic({ name: 't.fifo', attributes: { FifoTopic: 'true' } });
    const { QueueArn } = await queues.getQueueAttributes({ queueUrl });
    await topics.subscribe({ topicArn, queueArn: QueueArn!, attributes: { RawMessageDelivery: 'true' } });
    const attributes = { a: { dataType: 'Binary', binaryValue: Buffer.from('bytes') } };
    const published = await topics.publish({
      topicArn,
      message: 'é<1>',
      groupId: 'g',
      deduplicationId: '1',
      attributes,
    });
    expect(published.sequenceNumber).toMatch(/^\d{20}$/);
    const batch = await topics.publishBatch({
      topicArn,
      entries: [
        { id: 'a', message: '2', groupId: 'g', deduplicationId: '2' },
        { id: 'b', message: '3' },
      ],
    });
    expect(batch).toMatchObject({ successful: [{ id: 'a' }], failed: [{ id: 'b', senderFault: true }] });
    const sent = await queues.sendMessageBatch({
      queueUrl,
      entries: [{ id: 'x', body: '4', groupId: 'h', deduplicationId: '4', attributes: {} }],
    });
    expect(sent).toMatchObject({ successful: [{ id: 'x' }], failed: [] });
    const messages = await queues.receiveMessage({ queueUrl, maxMessages: 10, waitTimeSeconds: 1 });
    expect(messages.map(({ body }) => body)).toEqual(['é<1>', '2', '4']);
    expect(messages[0]!.messageAttributes).toEqual(attributes);
    const [first, second, third] = messages.map(({ receiptHandle }) => receiptHandle) as [string, string, string];
    await queues.changeMessageVisibility({ queueUrl, receiptHandle: third, visibilityTimeoutSeconds: 0 });
    await queues.deleteMessage({ queueUrl, receiptHandle: first });
    expect(await queues.deleteMessageBatch({ queueUrl, entries: [{ id: 's', receiptHandle: second }] })).toEqual({
      successful: [{ id: 's' }],
      failed: [],
    });
    expect((await queues.receiveMessage({ queueUrl, maxMessages: 10 })).map(({ body }) => body)).toEqual(['4']);
    await expect(queues.getQueueUrl({ name: 'nowhere' })).rejects.toMatchObject({
      code: 'not-found',
      detail: { awsCode: 'QueueDoesNotExist' },
    });
    const hangUp = new AbortController();
    const poll = queues.receiveMessage({ queueUrl, waitTimeSeconds: 20 }, { signal: hangUp.signal });
    hangUp.abort(new Error('enough'));
    await expect(poll).rejects.toThrow('enough');
    await queues.close();
    await topics.close();
  });

  it('fail with the codes that our other parts act upon', async () => {
    const wrongKey = createSqsClient({
      endpoint: api.url,
      region,
      credentials: { ...credentials, secretAccessKey: 'wrong' },
    });
    await expect(wrongKey.getQueueUrl({ name: 'q' })).rejects.toMatchObject({ code: 'unauthenticated' });
    await wrongKey.close();
    const unreachable = createSnsClient({ endpoint: 'http://127.0.0.1:1', region, credentials });
    await expect(unreachable.createTopic({ name: 't' })).rejects.toMatchObject({ code: 'unavailable' });
    await unreachable.close();
  });
});

describe('the wire', () => {
  it('refuses what is not signed, or signed by another key, in the protocol of the request', async () => {
    const json = await post('{}', {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': 'AmazonSQS.ListQueues',
    });
    expect(json.status).toBe(403);
    expect(JSON.parse(json.body)).toMatchObject({
      __type: 'com.amazon.coral.service#MissingAuthenticationTokenException',
    });
    const xml = await post('Action=ListTopics', { 'content-type': 'application/x-www-form-urlencoded' });
    expect(xml.status).toBe(403);
    expect(xml.body).toContain('<Code>MissingAuthenticationToken</Code>');
    const stranger = createSqsClient({
      endpoint: api.url,
      region,
      credentials: { ...credentials, accessKeyId: 'WHO' },
    });
    await expect(stranger.getQueueUrl({ name: 'q' })).rejects.toMatchObject({
      code: 'unauthenticated',
      detail: { awsCode: 'UnrecognizedClient' },
    });
    await stranger.close();
  });

  it('is up when it says so', async () => {
    expect((await fetch(`${api.url}/health`)).status).toBe(200);
  });

  describe('without a key', () => {
    beforeEach(async () => {
      await api.close();
      api = await createAwsApi({ bus, port: 0 });
    });

    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const query = (parameters: Record<string, string>, path?: string) =>
      post(new URLSearchParams(parameters).toString(), form, path);

    it('serves SQS in the query protocol, to a queue by its URL', async () => {
      const created = await query({
        Action: 'CreateQueue',
        QueueName: 'q',
        'Attribute.1.Name': 'VisibilityTimeout',
        'Attribute.1.Value': '40',
        'Tag.1.Key': 'k',
        'Tag.1.Value': 'v',
      });
      expect(created.body).toContain(
        `<CreateQueueResult><QueueUrl>${api.url}/000000000000/q</QueueUrl></CreateQueueResult>`,
      );
      const sent = await query(
        {
          Action: 'SendMessageBatch',
          'SendMessageBatchRequestEntry.1.Id': 'a',
          'SendMessageBatchRequestEntry.1.MessageBody': 'x < y',
          'SendMessageBatchRequestEntry.1.MessageAttribute.1.Name': 'kind',
          'SendMessageBatchRequestEntry.1.MessageAttribute.1.Value.DataType': 'String',
          'SendMessageBatchRequestEntry.1.MessageAttribute.1.Value.StringValue': 'k',
          'SendMessageBatchRequestEntry.2.Id': 'b',
          'SendMessageBatchRequestEntry.2.MessageBody': '',
        },
        '/000000000000/q',
      );
      expect(sent.body).toMatch(/<SendMessageBatchResultEntry><Id>a<\/Id><MessageId>/);
      expect(sent.body).toMatch(/<BatchResultErrorEntry><Id>b<\/Id><Code>MissingParameter<\/Code>/);
      const received = await query(
        { Action: 'ReceiveMessage', 'AttributeName.1': 'All', 'MessageAttributeName.1': 'All' },
        '/000000000000/q',
      );
      expect(received.body).toContain('<Body>x &lt; y</Body>');
      expect(received.body).toContain('<Attribute><Name>ApproximateReceiveCount</Name><Value>1</Value></Attribute>');
      expect(received.body).toContain(
        '<MessageAttribute><Name>kind</Name><Value><StringValue>k</StringValue><DataType>String</DataType></Value></MessageAttribute>',
      );
      const missing = await query({ Action: 'PurgeQueue' }, '/000000000000/nowhere');
      expect(missing).toMatchObject({
        status: 400,
        body: expect.stringContaining('AWS.SimpleQueueService.NonExistentQueue'),
      });
    });

    it.each([
      ['no action', '', form],
      ['an unknown action', 'Action=Frobnicate', form],
      ['parameters that contradict each other', 'Action=ListQueues&A=1&A.1=2', form],
      ['a body that is no JSON', '{', { 'x-amz-target': 'AmazonSQS.ListQueues' }],
      ['JSON that is no object', '[]', { 'x-amz-target': 'AmazonSQS.ListQueues' }],
      ['a parameter of the wrong type', '{"QueueNamePrefix":7}', { 'x-amz-target': 'AmazonSQS.ListQueues' }],
      ['a target of another service', '{}', { 'x-amz-target': 'DynamoDB.ListTables' }],
      ['a queue URL that is none', '{"QueueUrl":"http://x/a b"}', { 'x-amz-target': 'AmazonSQS.PurgeQueue' }],
      ['a forged prototype', '{"__proto__":{"QueueUrl":"q"}}', { 'x-amz-target': 'AmazonSQS.PurgeQueue' }],
    ])('refuses %s as the fault of its sender', async (_, body, headers) => {
      const answer = await post(body, headers as Record<string, string>);
      expect(answer.status).toBe(400);
      expect(answer.body).not.toContain('internal error');
    });

    it('refuses a request that is too long, and one of a web page', async () => {
      const long = await post('x'.repeat(5 * 1024 * 1024), form).catch(() => ({ status: 413 }));
      expect(long.status).toBe(413);
      expect(await post('Action=ListQueues', { ...form, origin: 'http://evil.example' })).toMatchObject({
        status: 403,
      });
    });

    it('gives back at once what was received over a connection that broke', async () => {
      await query({
        Action: 'CreateQueue',
        QueueName: 'q',
        'Attribute.1.Name': 'VisibilityTimeout',
        'Attribute.1.Value': '600',
      });
      const poll = httpRequest(`${api.url}/000000000000/q`, { method: 'POST', headers: form });
      poll.on('error', () => {});
      poll.end('Action=ReceiveMessage&WaitTimeSeconds=20');
      await new Promise((resolve) => poll.once('socket', (socket) => socket.once('connect', resolve)));
      poll.destroy();
      // The server has read of the end of that connection once it has answered over another one.
      await query({ Action: 'ListQueues' });
      await query({ Action: 'SendMessage', MessageBody: 'kept' }, '/000000000000/q');
      const received = await query({ Action: 'ReceiveMessage', WaitTimeSeconds: '20' }, '/000000000000/q');
      expect(received.body).toContain('<Body>kept</Body>');
    });

    it('ends waiting receives when it closes', async () => {
      await query({ Action: 'CreateQueue', QueueName: 'q' });
      const poll = query({ Action: 'ReceiveMessage', WaitTimeSeconds: '20' }, '/000000000000/q');
      await query({ Action: 'ListQueues' });
      await api.close();
      expect((await poll).status).toBe(200);
    });
  });
});
