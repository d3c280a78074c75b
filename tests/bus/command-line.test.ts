import { afterAll, expect, inject, it } from 'vitest';
import { Account, expectRefusal } from './account.ts';
import { openCommandLine } from './clients/command-line.ts';

const account = new Account(openCommandLine(inject('endpoint')));
afterAll(() => account.close());

it('the aws command line sets up a FIFO topic with a queue, publishes, receives and deletes', async () => {
  const [topic, queue] = await Promise.all([
    account.topic('updates.fifo', { ContentBasedDeduplication: 'true' }),
    account.queue('updates.fifo'),
  ]);
  await account.subscribe(topic, queue, { RawMessageDelivery: 'true', FilterPolicy: '{"kind": ["update"]}' });
  const MessageAttributes = { kind: { DataType: 'String', StringValue: 'update' } };
  const message = { TopicArn: topic, Message: 'größe', MessageGroupId: 'A', MessageAttributes };
  const { MessageId } = await account.sns('Publish', message);
  expect(MessageId).toMatch(/^[\da-f-]{36}$/);
  const [received] = await queue.receive();
  expect(received).toMatchObject({ Body: 'größe', MessageAttributes, Attributes: { MessageGroupId: 'A' } });
  await queue.delete([received!]);
  const missing = account.sqs('GetQueueUrl', { QueueName: 'there-is-none' });
  await expectRefusal(missing, 'AWS.SimpleQueueService.NonExistentQueue');
});
