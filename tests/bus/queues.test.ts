import { expect, it } from 'vitest';
import { expectRefusal, withEachClient } from './account.ts';

withEachClient('queues', (account) => {
  it('are made with their attributes, found by name, and made again without effect', async () => {
    const queue = await account().queue('made', { VisibilityTimeout: '45', DelaySeconds: '3' });
    const QueueName = queue.url.split('/').at(-1) as string;
    expect(await account().sqs('GetQueueUrl', { QueueName })).toEqual({ QueueUrl: queue.url });
    expect(queue.arn).toMatch(new RegExp(`^arn:aws[\\w-]*:sqs:[\\w-]+:\\d{12}:${QueueName}$`));
    const again = await account().sqs('CreateQueue', { QueueName, Attributes: { VisibilityTimeout: '45' } });
    expect(again).toEqual({ QueueUrl: queue.url });
    const other = account().sqs('CreateQueue', { QueueName, Attributes: { VisibilityTimeout: '46' } });
    await expectRefusal(other, 'QueueAlreadyExists');
  });

  it('tell the attributes that are asked for', async () => {
    const queue = await account().queue('told');
    expect(await queue.attributes('All')).toMatchObject({
      QueueArn: queue.arn,
      ApproximateNumberOfMessages: '0',
      ApproximateNumberOfMessagesNotVisible: '0',
      ApproximateNumberOfMessagesDelayed: '0',
      CreatedTimestamp: expect.stringMatching(/^\d{10}$/),
      LastModifiedTimestamp: expect.stringMatching(/^\d{10}$/),
      VisibilityTimeout: '30',
      MaximumMessageSize: '1048576',
      MessageRetentionPeriod: '345600',
      DelaySeconds: '0',
      ReceiveMessageWaitTimeSeconds: '0',
    });
    expect(await queue.attributes('VisibilityTimeout')).toEqual({ VisibilityTimeout: '30' });
    expect(await queue.attributes()).toEqual({});
    await expectRefusal(queue.attributes('Colour'), 'InvalidAttributeName');
  });

  it('take new attributes and refuse those that are out of range or of another type of queue', async () => {
    const queue = await account().queue('changed');
    const set = (Attributes: Record<string, string>) => queue.call('SetQueueAttributes', { Attributes });
    await set({ VisibilityTimeout: '0', MessageRetentionPeriod: '60' });
    expect(await queue.attributes('VisibilityTimeout', 'MessageRetentionPeriod')).toEqual({
      VisibilityTimeout: '0',
      MessageRetentionPeriod: '60',
    });
    for (const [name, value] of [
      ['VisibilityTimeout', '43201'],
      ['DelaySeconds', '901'],
      ['MaximumMessageSize', '1023'],
      ['MaximumMessageSize', '1048577'],
      ['MessageRetentionPeriod', '59'],
      ['ReceiveMessageWaitTimeSeconds', '21'],
    ] as const)
      await expectRefusal(set({ [name]: value }), 'InvalidAttributeValue', new RegExp(name));
    await expectRefusal(set({ RedrivePolicy: '{"maxReceiveCount": 3}' }), 'InvalidParameterValue', /RedrivePolicy/);
    await expectRefusal(set({ Colour: 'red' }), 'InvalidAttributeName', /Colour/);
    await expectRefusal(set({ ContentBasedDeduplication: 'true' }), 'InvalidAttributeName');
  });

  it('that are FIFO say so, and their names end in .fifo', async () => {
    const queue = await account().queue('orders.fifo', { ContentBasedDeduplication: 'true' });
    expect(await queue.attributes('All')).toMatchObject({
      FifoQueue: 'true',
      ContentBasedDeduplication: 'true',
      DeduplicationScope: 'queue',
      FifoThroughputLimit: 'perQueue',
    });
    await queue.call('SetQueueAttributes', {
      Attributes: { DeduplicationScope: 'messageGroup', FifoThroughputLimit: 'perMessageGroupId' },
    });
    expect(await queue.attributes('DeduplicationScope', 'FifoThroughputLimit')).toEqual({
      DeduplicationScope: 'messageGroup',
      FifoThroughputLimit: 'perMessageGroupId',
    });
    const create = (QueueName: string, Attributes = {}) => account().sqs('CreateQueue', { QueueName, Attributes });
    await expectRefusal(create('no-attribute.fifo'), 'InvalidParameterValue');
    await expectRefusal(create('no-suffix', { FifoQueue: 'true' }), 'InvalidParameterValue');
    await expectRefusal(create('spaces are not allowed'), 'InvalidParameterValue');
    await expectRefusal(create('n'.repeat(81)), 'InvalidParameterValue');
  });

  it('are listed by prefix, page by page', async () => {
    const kind = `page-${crypto.randomUUID().slice(0, 8)}`;
    const queues = await Promise.all([1, 2, 3].map(() => account().queue(kind)));
    const first = await account().sqs('ListQueues', { QueueNamePrefix: kind, MaxResults: 2 });
    expect(first.QueueUrls).toHaveLength(2);
    const rest = { QueueNamePrefix: kind, MaxResults: 2, NextToken: first.NextToken };
    const second = await account().sqs('ListQueues', rest);
    expect(second.NextToken).toBeUndefined();
    expect([...first.QueueUrls, ...second.QueueUrls].sort()).toEqual(queues.map(({ url }) => url).sort());
    expect((await account().sqs('ListQueues', { QueueNamePrefix: `${kind}-none` })).QueueUrls ?? []).toEqual([]);
  });

  it('have tags', async () => {
    const queue = await account().queue('tagged', {}, { team: 'sounder' });
    await queue.call('TagQueue', { Tags: { stage: 'test', team: 'imager' } });
    expect((await queue.call('ListQueueTags')).Tags).toEqual({ stage: 'test', team: 'imager' });
    await queue.call('UntagQueue', { TagKeys: ['team', 'none'] });
    expect((await queue.call('ListQueueTags')).Tags).toEqual({ stage: 'test' });
  });

  it('have permissions, which show in their policy', async () => {
    const queue = await account().queue('permitted');
    const permission = { Label: 'readers', AWSAccountIds: ['111122223333'], Actions: ['ReceiveMessage'] };
    await queue.call('AddPermission', permission);
    const { Policy = '' } = await queue.attributes('Policy');
    expect(JSON.parse(Policy).Statement).toMatchObject([{ Sid: 'readers', Effect: 'Allow', Resource: queue.arn }]);
    await queue.call('RemovePermission', { Label: 'readers' });
    await expectRefusal(queue.call('RemovePermission', { Label: 'readers' }), 'InvalidParameterValue');
  });

  it('are gone once they are deleted', async () => {
    const queue = await account().queue('gone');
    await queue.call('DeleteQueue');
    await expectRefusal(queue.attributes('All'), 'AWS.SimpleQueueService.NonExistentQueue');
    await expectRefusal(queue.call('SendMessage', { MessageBody: 'x' }), 'AWS.SimpleQueueService.NonExistentQueue');
    const QueueName = queue.url.split('/').at(-1);
    await expectRefusal(account().sqs('GetQueueUrl', { QueueName }), 'AWS.SimpleQueueService.NonExistentQueue');
  });
});
