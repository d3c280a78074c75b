import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  AddPermissionCommand,
  CreateTopicCommand,
  DeleteTopicCommand,
  GetSubscriptionAttributesCommand,
  GetTopicAttributesCommand,
  ListSubscriptionsByTopicCommand,
  ListTagsForResourceCommand,
  ListTopicsCommand,
  PublishBatchCommand,
  PublishCommand,
  RemovePermissionCommand,
  SetSubscriptionAttributesCommand,
  SNSClient,
  SubscribeCommand,
  TagResourceCommand,
  UnsubscribeCommand,
} from '@aws-sdk/client-sns';
import {
  CancelMessageMoveTaskCommand,
  ChangeMessageVisibilityBatchCommand,
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListDeadLetterSourceQueuesCommand,
  ListMessageMoveTasksCommand,
  ListQueuesCommand,
  ListQueueTagsCommand,
  PurgeQueueCommand,
  QueueDoesNotExist,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
  SQSClient,
  AddPermissionCommand as SqsAddPermissionCommand,
  RemovePermissionCommand as SqsRemovePermissionCommand,
  StartMessageMoveTaskCommand,
  TagQueueCommand,
  UntagQueueCommand,
} from '@aws-sdk/client-sqs';
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
    ['BatchRequestTooLong', Array.from({ length: 2 }, (_, at) => ({ Id: `${at}`, MessageBody: 'x'.repeat(600_000) }))],
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
    const cases: [string, () => Promise<unknown>][] = [
      ['QueueNameExists', () => createQueue('q', { VisibilityTimeout: '1' })],
      ['InvalidAttributeName', () => createQueue('other', { Colour: 'red' })],
      ['InvalidAttributeValue', () => createQueue('other', { VisibilityTimeout: 'long' })],
      ['InvalidAttributeValue', () => createQueue('other', { VisibilityTimeout: '99999' })],
      ['InvalidParameterValue', () => createQueue('other name')],
      [
        'InvalidParameterValue',
        () => sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'x'.repeat(1_048_577) })),
      ],
      ['InvalidMessageContents', () => sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: '\u0001' }))],
      ['InvalidParameterValue', () => sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 11 }))],
      ['InvalidParameterValue', () => sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 21 }))],
      ['ReceiptHandleIsInvalid', () => sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: 'junk' }))],
    ];
    for (const [name, attempt] of cases) {
      await expect(attempt(), name).rejects.toMatchObject({ name: expect.stringContaining(name) });
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

  it('moves dead letters back, and lists and cancels the tasks that do', async () => {
    const dead = await sqs.send(new CreateQueueCommand({ QueueName: 'dead' }));
    const deadLetterTargetArn = `arn:aws:sqs:${region}:000000000000:dead`;
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn, maxReceiveCount: 3 });
    const main = await sqs.send(new CreateQueueCommand({ QueueName: 'main', Attributes: { RedrivePolicy } }));
    await sqs.send(new SendMessageCommand({ QueueUrl: dead.QueueUrl, MessageBody: 'a' }));
    await sqs.send(new SendMessageCommand({ QueueUrl: dead.QueueUrl, MessageBody: 'b' }));
    const { TaskHandle } = await sqs.send(
      new StartMessageMoveTaskCommand({
        SourceArn: deadLetterTargetArn,
        DestinationArn: `arn:aws:sqs:${region}:000000000000:main`,
        MaxNumberOfMessagesPerSecond: 1,
      }),
    );
    const received = await sqs.send(new ReceiveMessageCommand({ QueueUrl: main.QueueUrl, WaitTimeSeconds: 5 }));
    expect(received.Messages).toMatchObject([{ Body: 'a' }]);
    const listing = new ListMessageMoveTasksCommand({ SourceArn: deadLetterTargetArn });
    expect((await sqs.send(listing)).Results).toMatchObject([{ Status: 'RUNNING', TaskHandle }]);
    const cancelled = await sqs.send(new CancelMessageMoveTaskCommand({ TaskHandle }));
    expect(cancelled.ApproximateNumberOfMessagesMoved).toBe(1);
    await expect.poll(async () => (await sqs.send(listing)).Results?.[0]?.Status).toBe('CANCELLED');
    const missing = new CancelMessageMoveTaskCommand({ TaskHandle: 'none' });
    await expect(sqs.send(missing)).rejects.toThrow('TaskHandle');
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
    let underWay = 0;
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
      const receive = new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 2 });
      const Messages = polled.length > 0 ? polled : ((await sqs.send(receive)).Messages ?? []);
      if (Messages.length === 0 && round % 2 === 1) {
        // The answer had left when the caller hung up, which nobody can know: the message is in flight.
        underWay++;
        await sqs.send(new PurgeQueueCommand({ QueueUrl }));
        continue;
      }
      expect(Messages.map(({ Body }) => Body)).toEqual([`${round}`]);
      await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: Messages[0]!.ReceiptHandle! }));
    }
    expect(underWay).toBeLessThan(4);
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

  it('hands what a deleted queue misses to the dead-letter queue of its subscription', async () => {
    const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: 'news' }));
    const lost = await sqs.send(new CreateQueueCommand({ QueueName: 'lost' }));
    const dead = await sqs.send(new CreateQueueCommand({ QueueName: 'dead' }));
    const arn = (name: string): string => `arn:aws:sqs:${region}:000000000000:${name}`;
    const subscribe = (deadLetterTargetArn: string): SubscribeCommand =>
      new SubscribeCommand({
        TopicArn,
        Protocol: 'sqs',
        Endpoint: arn('lost'),
        Attributes: { RawMessageDelivery: 'true', RedrivePolicy: JSON.stringify({ deadLetterTargetArn }) },
      });
    await expect(sns.send(subscribe(arn('none')))).rejects.toThrow('RedrivePolicy');
    await sns.send(subscribe(arn('dead')));
    await sqs.send(new DeleteQueueCommand({ QueueUrl: lost.QueueUrl }));
    await sns.send(new PublishCommand({ TopicArn, Message: 'hello' }));
    const received = await sqs.send(new ReceiveMessageCommand({ QueueUrl: dead.QueueUrl }));
    expect(received.Messages).toMatchObject([{ Body: 'hello' }]);
  });

  it('keeps permissions in the policies of queues and topics', async () => {
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'q' }));
    const permission = { Label: 'let-in', AWSAccountIds: ['111122223333'], Actions: ['SendMessage'] };
    await sqs.send(new SqsAddPermissionCommand({ QueueUrl, ...permission }));
    await expect(sqs.send(new SqsAddPermissionCommand({ QueueUrl, ...permission }))).rejects.toThrow('Already exists');
    const policyOf = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['Policy'] });
    const { Attributes } = await sqs.send(policyOf);
    expect(JSON.parse(Attributes?.Policy ?? '')).toMatchObject({
      Statement: [{ Sid: 'let-in', Principal: { AWS: 'arn:aws:iam::111122223333:root' }, Action: 'SQS:SendMessage' }],
    });
    await sqs.send(new SqsRemovePermissionCommand({ QueueUrl, Label: 'let-in' }));
    expect((await sqs.send(policyOf)).Attributes).toBeUndefined();

    const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: 't' }));
    const topicPermission = { Label: 'all', AWSAccountId: ['111122223333', '444455556666'], ActionName: ['Publish'] };
    await sns.send(new AddPermissionCommand({ TopicArn, ...topicPermission }));
    const topic = await sns.send(new GetTopicAttributesCommand({ TopicArn }));
    expect(JSON.parse(topic.Attributes?.Policy ?? '').Statement).toMatchObject([
      { Sid: '__default_statement_ID' },
      { Sid: 'all', Action: 'SNS:Publish', Resource: TopicArn },
    ]);
    await sns.send(new RemovePermissionCommand({ TopicArn, Label: 'all' }));
    await expect(sns.send(new RemovePermissionCommand({ TopicArn, Label: 'all' }))).rejects.toThrow("can't find label");
  });
});
