import { expect, it } from 'vitest';
import { bodies, expectRefusal, withEachClient } from './account.ts';

/** Lets a topic send to a queue that gets nothing but what others miss. */
const NOTHING = { FilterPolicy: '{"none": ["x"]}' };

withEachClient('a topic', (account) => {
  it('hands a message to its queues, in an envelope or raw', async () => {
    const topic = await account().topic('fan-out');
    const [wrapped, raw] = [await account().queue('wrapped'), await account().queue('raw')];
    await account().subscribe(topic, wrapped);
    await account().subscribe(topic, raw, { RawMessageDelivery: 'true' });
    const MessageAttributes = {
      text: { DataType: 'String', StringValue: 'v' },
      blob: { DataType: 'Binary', BinaryValue: Uint8Array.of(255, 0) },
    };
    const message = { TopicArn: topic, Message: 'größe', Subject: 'News', MessageAttributes };
    const { MessageId } = await account().sns('Publish', message);
    const [one] = await wrapped.receive();
    expect(one).not.toHaveProperty('MessageAttributes');
    expect(JSON.parse(one?.Body)).toMatchObject({
      Type: 'Notification',
      MessageId,
      TopicArn: topic,
      Subject: 'News',
      Message: 'größe',
      Timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      MessageAttributes: {
        text: { Type: 'String', Value: 'v' },
        blob: { Type: 'Binary', Value: Buffer.of(255, 0).toString('base64') },
      },
    });
    const [other] = await raw.receive();
    expect(other).toMatchObject({ Body: 'größe', MessageAttributes });
  });

  it('brings more than ten attributes in an envelope, and not raw', async () => {
    const topic = await account().topic('attributes');
    const [wrapped, raw, dead] = [
      await account().queue('wrapped'),
      await account().queue('raw'),
      await account().queue('dead'),
    ];
    await account().subscribe(topic, wrapped);
    await account().subscribe(topic, dead, NOTHING);
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: dead.arn });
    await account().subscribe(topic, raw, { RawMessageDelivery: 'true', RedrivePolicy });
    const names = Array.from({ length: 11 }, (_, at) => `a${at}`);
    const MessageAttributes = Object.fromEntries(names.map((name) => [name, { DataType: 'String', StringValue: 'v' }]));
    await account().sns('Publish', { TopicArn: topic, Message: 'many', MessageAttributes });
    const [one] = await wrapped.receive();
    expect(Object.keys(JSON.parse(one?.Body).MessageAttributes).toSorted()).toEqual(names.toSorted());
    expect(bodies(await dead.receive({ WaitTimeSeconds: 20 }))).toEqual(['many']);
    expect(await raw.isQuiet()).toBe(true);
  });

  it('that is FIFO keeps the order of its groups and publishes a twin once', async () => {
    const topic = await account().topic('updates.fifo', { ContentBasedDeduplication: 'true' });
    const queue = await account().queue('updates.fifo');
    await account().subscribe(topic, queue, { RawMessageDelivery: 'true' });
    const publish = (Message: string) => account().sns('Publish', { TopicArn: topic, Message, MessageGroupId: 'A' });
    const first = await publish('one');
    expect(first.SequenceNumber).toMatch(/^\d{20}$/);
    expect(await publish('one')).toMatchObject({ MessageId: first.MessageId });
    const batch = await account().sns('PublishBatch', {
      TopicArn: topic,
      PublishBatchRequestEntries: [
        { Id: 'a', Message: 'two', MessageGroupId: 'A' },
        { Id: 'b', Message: 'no group' },
        { Id: 'c', Message: 'three', MessageGroupId: 'A', MessageDeduplicationId: 'c' },
      ],
    });
    expect(batch.Successful).toMatchObject([
      { Id: 'a', SequenceNumber: expect.stringMatching(/^\d{20}$/) },
      { Id: 'c', MessageId: expect.any(String) },
    ]);
    expect(batch.Failed).toMatchObject([{ Id: 'b', SenderFault: true, Code: 'InvalidParameter' }]);
    const messages = await queue.drain(3);
    expect(bodies(messages)).toEqual(['one', 'two', 'three']);
    expect(messages[2]?.Attributes).toMatchObject({ MessageGroupId: 'A', MessageDeduplicationId: 'c' });
    expect(await queue.isQuiet()).toBe(true);
  });

  it('gives each protocol its part of a message that is structured', async () => {
    const topic = await account().topic('structured');
    const queue = await account().queue('structured');
    await account().subscribe(topic, queue, { RawMessageDelivery: 'true' });
    const publish = (Message: unknown) =>
      account().sns('Publish', { TopicArn: topic, MessageStructure: 'json', Message: JSON.stringify(Message) });
    await publish({ default: 'all', sqs: 'queues' });
    expect(bodies(await queue.drain(1))).toEqual(['queues']);
    await expectRefusal(publish({ sqs: 'queues' }), 'InvalidParameter', /default/);
  });

  it('tells its attributes and subscriptions, and takes new ones', async () => {
    const topic = await account().topic('described', { DisplayName: 'Updates' });
    const queue = await account().queue('described');
    const subscription = await account().subscribe(topic, queue);
    expect(await account().subscribe(topic, queue)).toBe(subscription);
    const { Attributes } = await account().sns('GetTopicAttributes', { TopicArn: topic });
    expect(Attributes).toMatchObject({
      TopicArn: topic,
      Owner: expect.stringMatching(/^\d{12}$/),
      DisplayName: 'Updates',
      SubscriptionsConfirmed: expect.any(String),
      Policy: expect.stringContaining(topic),
    });
    await account().sns('SetTopicAttributes', { TopicArn: topic, AttributeName: 'DisplayName', AttributeValue: 'New' });
    expect((await account().sns('GetTopicAttributes', { TopicArn: topic })).Attributes.DisplayName).toBe('New');
    const row = {
      SubscriptionArn: subscription,
      Owner: Attributes.Owner,
      Protocol: 'sqs',
      Endpoint: queue.arn,
      TopicArn: topic,
    };
    expect((await account().sns('ListSubscriptionsByTopic', { TopicArn: topic })).Subscriptions).toEqual([row]);
    const change = { AttributeName: 'RawMessageDelivery', AttributeValue: 'true' };
    await account().sns('SetSubscriptionAttributes', { SubscriptionArn: subscription, ...change });
    const read = () => account().sns('GetSubscriptionAttributes', { SubscriptionArn: subscription });
    expect((await read()).Attributes).toMatchObject({
      ...row,
      RawMessageDelivery: 'true',
      PendingConfirmation: 'false',
      ConfirmationWasAuthenticated: 'true',
    });
    await account().sns('Unsubscribe', { SubscriptionArn: subscription });
    await expectRefusal(read(), 'NotFound');
  });

  it('is listed, has tags, and is made again without effect', async () => {
    const topic = await account().topic('tagged');
    const Name = topic.split(':').at(-1);
    expect(await account().sns('CreateTopic', { Name })).toEqual({ TopicArn: topic });
    const seen: string[] = [];
    for (let NextToken: string | undefined; ; ) {
      const page = await account().sns('ListTopics', NextToken === undefined ? {} : { NextToken });
      seen.push(...page.Topics.map(({ TopicArn }: { TopicArn: string }) => TopicArn));
      NextToken = page.NextToken;
      if (NextToken === undefined) break;
    }
    expect(seen).toContain(topic);
    const ResourceArn = topic;
    await account().sns('TagResource', { ResourceArn, Tags: [{ Key: 'team', Value: 'sounder' }] });
    expect((await account().sns('ListTagsForResource', { ResourceArn })).Tags).toEqual([
      { Key: 'team', Value: 'sounder' },
    ]);
    await account().sns('UntagResource', { ResourceArn, TagKeys: ['team'] });
    expect((await account().sns('ListTagsForResource', { ResourceArn })).Tags).toEqual([]);
  });

  it('refuses what is malformed or not there, with the code that AWS has for it', async () => {
    const topic = await account().topic('refuses');
    const publish = (input: Record<string, unknown>) =>
      account().sns('Publish', { TopicArn: topic, Message: 'x', ...input });
    await expectRefusal(publish({ TopicArn: `${topic}-none` }), 'NotFound');
    await expectRefusal(publish({ Message: '' }), 'InvalidParameter', /[Ee]mpty/);
    await expectRefusal(publish({ Message: 'x'.repeat(262_145) }), 'InvalidParameter');
    await expectRefusal(publish({ Subject: 's'.repeat(101) }), 'InvalidParameter', /Subject/);
    await expectRefusal(publish({ MessageDeduplicationId: 'd' }), 'InvalidParameter', /MessageDeduplicationId/);
    await expectRefusal(account().sns('CreateTopic', { Name: 'not allowed' }), 'InvalidParameter');
    await expectRefusal(account().sns('CreateTopic', { Name: 'no-attribute.fifo' }), 'InvalidParameter');
    await expectRefusal(account().sns('GetTopicAttributes', { TopicArn: `${topic}-none` }), 'NotFound');
    await expectRefusal(account().sns('GetTopicAttributes', { TopicArn: 'topic' }), 'InvalidParameter');
    const batch = (PublishBatchRequestEntries: unknown[]) =>
      account().sns('PublishBatch', { TopicArn: topic, PublishBatchRequestEntries });
    await expectRefusal(
      batch([
        { Id: 'a', Message: '1' },
        { Id: 'a', Message: '2' },
      ]),
      'BatchEntryIdsNotDistinct',
    );
    const half = 'x'.repeat(131_073);
    await expectRefusal(
      batch([
        { Id: 'a', Message: half },
        { Id: 'b', Message: half },
      ]),
      'BatchRequestTooLong',
    );
    const fifo = await account().queue('refused.fifo');
    await expectRefusal(account().subscribe(topic, fifo), 'InvalidParameter');
  });

  it('hands what a deleted queue misses to the dead-letter queue of its subscription', async () => {
    const topic = await account().topic('orphaned');
    const [queue, dead] = [await account().queue('orphaned'), await account().queue('orphaned-dead')];
    await account().subscribe(topic, dead, NOTHING);
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: dead.arn });
    await account().subscribe(topic, queue, { RedrivePolicy, RawMessageDelivery: 'true' });
    await queue.call('DeleteQueue');
    await account().sns('Publish', { TopicArn: topic, Message: 'missed' });
    expect(bodies(await dead.receive({ WaitTimeSeconds: 20 }))).toEqual(['missed']);
  });
});
