import { mkdtemp, rm } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateTopicCommand,
  DeleteTopicCommand,
  GetSubscriptionAttributesCommand,
  GetTopicAttributesCommand,
  ListSubscriptionsByTopicCommand,
  ListTagsForResourceCommand,
  ListTopicsCommand,
  PublishBatchCommand,
  PublishCommand,
  SetSubscriptionAttributesCommand,
  SNSClient,
  SubscribeCommand,
  TagResourceCommand,
  UnsubscribeCommand,
} from '@aws-sdk/client-sns';
import {
  ChangeMessageVisibilityBatchCommand,
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListDeadLetterSourceQueuesCommand,
  ListQueuesCommand,
  ListQueueTagsCommand,
  PurgeQueueCommand,
  QueueDoesNotExist,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
  SQSClient,
  TagQueueCommand,
  UntagQueueCommand,
} from '@aws-sdk/client-sqs';
import { createSnsClient, createSqsClient } from '@daybook/aws-client';
import { type MessageBus, openMessageBus } from '@daybook/message-bus';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AwsApi, createAwsApi } from './aws-api.ts';

const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' };
const region = 'us-east-1';

let directory: string;
let bus: MessageBus;
let api: AwsApi;
let sqs: SQSClient;
let sns: SNSClient;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'aws-api-'));
  bus = await openMessageBus({ directory });
  api = await createAwsApi({ bus, port: 0, credentials });
  sqs = new SQSClient({ endpoint: api.url, region, credentials, maxAttempts: 1 });
  sns = new SNSClient({ endpoint: api.url, region, credentials, maxAttempts: 1 });
});
afterEach(async () => {
  sqs.destroy();
  sns.destroy();
  await api.close();
  await bus.close();
  await rm(directory, { recursive: true });
});

async function createQueue(name: string, attributes: Record<string, string> = {}): Promise<string> {
  const fifo = name.endsWith('.fifo') ? { FifoQueue: 'true' } : {};
  const answer = await sqs.send(new CreateQueueCommand({ QueueName: name, Attributes: { ...fifo, ...attributes } }));
  return answer.QueueUrl!;
}

async function post(
  body: string,
  headers: Record<string, string>,
  path = '/',
): Promise<{ status: number; body: string }> {
  const answer = await fetch(api.url + path, { method: 'POST', body, headers });
  return { status: answer.status, body: await answer.text() };
}

describe('SQS through the SDK for JavaScript', () => {
  it('sends, receives and deletes a message with its attributes, whose digests the SDK checks', async () => {
    const QueueUrl = await createQueue('q');
    const MessageAttributes = {
      text: { DataType: 'String', StringValue: 'größe' },
      count: { DataType: 'Number.int', StringValue: '7' },
      blob: { DataType: 'Binary', BinaryValue: Uint8Array.of(0, 255) },
    };
    const sent = await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'h€llo', MessageAttributes }));
    const { Messages } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl, MessageAttributeNames: ['All'], MessageSystemAttributeNames: ['All'] }),
    );
    expect(Messages).toHaveLength(1);
    expect(Messages![0]).toMatchObject({
      MessageId: sent.MessageId,
      Body: 'h€llo',
      MD5OfBody: sent.MD5OfMessageBody,
      MD5OfMessageAttributes: sent.MD5OfMessageAttributes,
      MessageAttributes,
      Attributes: { ApproximateReceiveCount: '1', SenderId: 'AKIDEXAMPLE' },
    });
    await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: Messages![0]!.ReceiptHandle! }));
    const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }));
    expect(Attributes).toMatchObject({
      QueueArn: 'arn:aws:sqs:us-east-1:000000000000:q',
      ApproximateNumberOfMessages: '0',
      ApproximateNumberOfMessagesNotVisible: '0',
      VisibilityTimeout: '30',
    });
  });

  it('gives only the attributes that are asked for', async () => {
    const QueueUrl = await createQueue('q');
    const MessageAttributes = {
      'a.x': { DataType: 'String', StringValue: '1' },
      b: { DataType: 'String', StringValue: '2' },
    };
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'x', MessageAttributes }));
    const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, VisibilityTimeout: 0 }));
    expect(Object.keys(Messages![0]!).sort()).toEqual(['Body', 'MD5OfBody', 'MessageId', 'ReceiptHandle']);
    const picked = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl,
        MessageAttributeNames: ['a.*'],
        MessageSystemAttributeNames: ['SentTimestamp'],
      }),
    );
    expect(Object.keys(picked.Messages![0]!.MessageAttributes!)).toEqual(['a.x']);
    expect(Object.keys(picked.Messages![0]!.Attributes!)).toEqual(['SentTimestamp']);
  });

  it('keeps a FIFO group in order and deduplicates', async () => {
    const QueueUrl = await createQueue('q.fifo', { ContentBasedDeduplication: 'true' });
    const send = (MessageBody: string) =>
      sqs.send(new SendMessageCommand({ QueueUrl, MessageBody, MessageGroupId: 'g' }));
    const first = await send('1');
    await send('2');
    expect((await send('1')).SequenceNumber).toBe(first.SequenceNumber);
    const { Messages } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, MessageSystemAttributeNames: ['All'] }),
    );
    expect(Messages!.map(({ Body }) => Body)).toEqual(['1', '2']);
    expect(Messages![0]!.Attributes).toMatchObject({ MessageGroupId: 'g', SequenceNumber: first.SequenceNumber });
  });

  it('answers a batch entry by entry', async () => {
    const QueueUrl = await createQueue('q');
    const sent = await sqs.send(
      new SendMessageBatchCommand({
        QueueUrl,
        Entries: [
          { Id: 'good', MessageBody: 'x' },
          { Id: 'late', MessageBody: 'x', DelaySeconds: 901 },
          { Id: 'typed', MessageBody: 'x', MessageAttributes: { a: { DataType: 'Color', StringValue: 'red' } } },
        ],
      }),
    );
    expect(sent.Successful!.map(({ Id }) => Id)).toEqual(['good']);
    expect(sent.Failed!.map(({ Id, Code, SenderFault }) => [Id, Code, SenderFault]).sort()).toEqual([
      ['late', 'InvalidParameterValue', true],
      ['typed', 'InvalidParameterValue', true],
    ]);
    const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
    const ReceiptHandle = Messages![0]!.ReceiptHandle!;
    const changed = await sqs.send(
      new ChangeMessageVisibilityBatchCommand({
        QueueUrl,
        Entries: [{ Id: 'a', ReceiptHandle, VisibilityTimeout: 60 }],
      }),
    );
    expect(changed.Successful).toEqual([{ Id: 'a' }]);
    const deleted = await sqs.send(
      new DeleteMessageBatchCommand({
        QueueUrl,
        Entries: [
          { Id: 'a', ReceiptHandle },
          { Id: 'b', ReceiptHandle: 'junk' },
        ],
      }),
    );
    expect(deleted.Successful).toEqual([{ Id: 'a' }]);
    expect(deleted.Failed).toMatchObject([{ Id: 'b', Code: 'ReceiptHandleIsInvalid' }]);
  });

  it.each([
    ['EmptyBatchRequest', []],
    ['TooManyEntriesInBatchRequest', Array.from({ length: 11 }, (_, at) => ({ Id: `${at}`, MessageBody: 'x' }))],
    [
      'BatchEntryIdsNotDistinct',
      [
        { Id: 'a', MessageBody: 'x' },
        { Id: 'a', MessageBody: 'x' },
      ],
    ],
    ['InvalidBatchEntryId', [{ Id: 'a b', MessageBody: 'x' }]],
    ['BatchRequestTooLong', Array.from({ length: 2 }, (_, at) => ({ Id: `${at}`, MessageBody: 'x'.repeat(140_000) }))],
  ])('refuses a batch with %s', async (name, Entries) => {
    const QueueUrl = await createQueue('q');
    await expect(sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }))).rejects.toMatchObject({
      name: expect.stringContaining(name),
    });
  });

  it('answers AWS errors for what is wrong', async () => {
    const QueueUrl = await createQueue('q');
    const missing = sqs.send(new SendMessageCommand({ QueueUrl: `${QueueUrl}-not`, MessageBody: 'x' }));
    await expect(missing).rejects.toThrow(QueueDoesNotExist);
    await expect(missing).rejects.toMatchObject({ name: 'QueueDoesNotExist', $metadata: { httpStatusCode: 400 } });
    const cases: [string, Promise<unknown>][] = [
      ['QueueNameExists', createQueue('q', { VisibilityTimeout: '1' })],
      ['InvalidAttributeName', createQueue('other', { Colour: 'red' })],
      ['InvalidAttributeValue', createQueue('other', { VisibilityTimeout: 'long' })],
      ['InvalidParameterValue', createQueue('other', { VisibilityTimeout: '99999' })],
      ['InvalidParameterValue', createQueue('other name')],
      ['InvalidParameterValue', sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'x'.repeat(262_145) }))],
      ['InvalidMessageContents', sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: '\u0001' }))],
      ['InvalidParameterValue', sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 11 }))],
      ['InvalidParameterValue', sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 21 }))],
      ['ReceiptHandleIsInvalid', sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: 'junk' }))],
    ];
    for (const [name, attempt] of cases) {
      await expect(attempt, name).rejects.toMatchObject({ name: expect.stringContaining(name) });
    }
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'x' }));
    const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, VisibilityTimeout: 0 }));
    const ReceiptHandle = Messages![0]!.ReceiptHandle!;
    await expect(
      sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 5 })),
    ).rejects.toMatchObject({ name: 'MessageNotInflight' });
  });

  it('lists queues by prefix and page by page, finds them by name, and deletes them', async () => {
    for (const name of ['a1', 'a2', 'a3', 'b1']) await createQueue(name);
    const first = await sqs.send(new ListQueuesCommand({ QueueNamePrefix: 'a', MaxResults: 2 }));
    const second = await sqs.send(
      new ListQueuesCommand({ QueueNamePrefix: 'a', MaxResults: 2, NextToken: first.NextToken! }),
    );
    expect([...first.QueueUrls!, ...second.QueueUrls!].map((url) => url.split('/').at(-1))).toEqual(['a1', 'a2', 'a3']);
    expect(second.NextToken).toBeUndefined();
    const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: 'b1' }));
    expect(QueueUrl).toBe(`${api.url}/000000000000/b1`);
    await sqs.send(new DeleteQueueCommand({ QueueUrl: QueueUrl! }));
    await expect(sqs.send(new GetQueueUrlCommand({ QueueName: 'b1' }))).rejects.toThrow(QueueDoesNotExist);
  });

  it('sets attributes and tags, purges, and names the sources of a dead-letter queue', async () => {
    const QueueUrl = await createQueue('q');
    const dead = await createQueue('dead');
    const RedrivePolicy = JSON.stringify({
      deadLetterTargetArn: 'arn:aws:sqs:us-east-1:000000000000:dead',
      maxReceiveCount: 3,
    });
    await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { RedrivePolicy, DelaySeconds: '5' } }));
    const { Attributes } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['RedrivePolicy', 'DelaySeconds'] }),
    );
    expect(Attributes).toEqual({ RedrivePolicy, DelaySeconds: '5' });
    expect((await sqs.send(new ListDeadLetterSourceQueuesCommand({ QueueUrl: dead }))).queueUrls).toEqual([QueueUrl]);
    await sqs.send(new TagQueueCommand({ QueueUrl, Tags: { a: '1', b: '2' } }));
    await sqs.send(new UntagQueueCommand({ QueueUrl, TagKeys: ['a'] }));
    expect((await sqs.send(new ListQueueTagsCommand({ QueueUrl }))).Tags).toEqual({ b: '2' });
    await sqs.send(new SendMessageCommand({ QueueUrl: dead, MessageBody: 'x' }));
    await sqs.send(new PurgeQueueCommand({ QueueUrl: dead }));
    expect((await sqs.send(new ReceiveMessageCommand({ QueueUrl: dead }))).Messages).toBeUndefined();
  });

  it('ends a long poll as soon as there is a message', async () => {
    const QueueUrl = await createQueue('q');
    const poll = sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20 }));
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'x' }));
    expect((await poll).Messages).toHaveLength(1);
  });

  it('loses no message to a poller that hung up', async () => {
    const QueueUrl = await createQueue('q', { VisibilityTimeout: '600' });
    for (let round = 0; round < 20; round++) {
      const caller = new AbortController();
      const poll = sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20 }), {
        abortSignal: caller.signal,
      });
      const sent = sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: `${round}` }));
      if (round % 2 === 0) caller.abort();
      else void sent.then(() => caller.abort());
      const polled = await poll.then(({ Messages }) => Messages ?? []).catch(() => []);
      await sent;
      const Messages =
        polled.length > 0
          ? polled
          : (await sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20 }))).Messages!;
      expect(Messages.map(({ Body }) => Body)).toEqual([`${round}`]);
      await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: Messages[0]!.ReceiptHandle! }));
    }
  });
});

describe('SNS through the SDK for JavaScript', () => {
  it('publishes to the queues of a topic, alone and in batches', async () => {
    const QueueUrl = await createQueue('q.fifo');
    const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: 't.fifo', Attributes: { FifoTopic: 'true' } }));
    const { SubscriptionArn } = await sns.send(
      new SubscribeCommand({
        TopicArn,
        Protocol: 'sqs',
        Endpoint: 'arn:aws:sqs:us-east-1:000000000000:q.fifo',
        Attributes: { RawMessageDelivery: 'true' },
        ReturnSubscriptionArn: true,
      }),
    );
    expect(SubscriptionArn).toMatch(/^arn:aws:sns:us-east-1:000000000000:t\.fifo:/);
    const published = await sns.send(
      new PublishCommand({
        TopicArn,
        Message: '<&> "1"',
        MessageGroupId: 'g',
        MessageDeduplicationId: '1',
        MessageAttributes: { kind: { DataType: 'String', StringValue: 'a<b' } },
      }),
    );
    expect(published.SequenceNumber).toMatch(/^\d{20}$/);
    const batch = await sns.send(
      new PublishBatchCommand({
        TopicArn,
        PublishBatchRequestEntries: [
          { Id: 'a', Message: '2', MessageGroupId: 'g', MessageDeduplicationId: '2' },
          { Id: 'b', Message: '3', MessageDeduplicationId: '3' },
        ],
      }),
    );
    expect(batch.Successful!.map(({ Id }) => Id)).toEqual(['a']);
    expect(batch.Failed).toMatchObject([{ Id: 'b', Code: 'InvalidParameter', SenderFault: true }]);
    const { Messages } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, MessageAttributeNames: ['All'] }),
    );
    expect(Messages!.map(({ Body }) => Body)).toEqual(['<&> "1"', '2']);
    expect(Messages![0]!.MessageAttributes).toMatchObject({ kind: { StringValue: 'a<b' } });
  });

  it('answers for topics, subscriptions and tags', async () => {
    const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: 't', Tags: [{ Key: 'a', Value: '1' }] }));
    await createQueue('q');
    const Endpoint = 'arn:aws:sqs:us-east-1:000000000000:q';
    const { SubscriptionArn } = await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint }));
    await sns.send(
      new SetSubscriptionAttributesCommand({
        SubscriptionArn,
        AttributeName: 'FilterPolicy',
        AttributeValue: '{"a":["b"]}',
      }),
    );
    const { Attributes } = await sns.send(new GetSubscriptionAttributesCommand({ SubscriptionArn }));
    expect(Attributes).toMatchObject({
      Endpoint,
      Protocol: 'sqs',
      FilterPolicy: '{"a":["b"]}',
      RawMessageDelivery: 'false',
    });
    const { Subscriptions } = await sns.send(new ListSubscriptionsByTopicCommand({ TopicArn }));
    expect(Subscriptions).toMatchObject([{ SubscriptionArn, TopicArn, Protocol: 'sqs', Endpoint }]);
    expect((await sns.send(new GetTopicAttributesCommand({ TopicArn }))).Attributes).toMatchObject({
      TopicArn,
      SubscriptionsConfirmed: '1',
    });
    await sns.send(new TagResourceCommand({ ResourceArn: TopicArn, Tags: [{ Key: 'b', Value: '2' }] }));
    expect((await sns.send(new ListTagsForResourceCommand({ ResourceArn: TopicArn }))).Tags).toEqual([
      { Key: 'a', Value: '1' },
      { Key: 'b', Value: '2' },
    ]);
    await sns.send(new UnsubscribeCommand({ SubscriptionArn }));
    await sns.send(new DeleteTopicCommand({ TopicArn }));
    expect((await sns.send(new ListTopicsCommand({}))).Topics).toEqual([]);
    await expect(sns.send(new PublishCommand({ TopicArn, Message: 'x' }))).rejects.toMatchObject({
      name: 'NotFoundException',
      $metadata: { httpStatusCode: 404 },
    });
    await expect(
      sns.send(new SubscribeCommand({ TopicArn, Protocol: 'email', Endpoint: 'a@b' })),
    ).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
  });
});

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
    const stranger = new SQSClient({
      endpoint: api.url,
      region,
      credentials: { ...credentials, accessKeyId: 'WHO' },
      maxAttempts: 1,
    });
    await expect(stranger.send(new ListQueuesCommand({}))).rejects.toMatchObject({
      name: 'InvalidClientTokenId',
    });
    stranger.destroy();
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
      const long = await post('x'.repeat(3 * 1024 * 1024), form).catch(() => ({ status: 413 }));
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
