import { expect, it } from 'vitest';
import { bodies, expectRefusal, type TestQueue, withEachClient } from './account.ts';
import type { Wire } from './clients/aws-client.ts';

function send(queue: TestQueue, group: string, body: string, id: string | undefined = body): Promise<Wire> {
  return queue.call('SendMessage', {
    MessageBody: body,
    MessageGroupId: group,
    ...(id !== '' && { MessageDeduplicationId: id }),
  });
}

withEachClient('a FIFO queue', (account) => {
  it('gives ten messages of one group in a receive, in order, and locks the group while one of them is in flight', async () => {
    const queue = await account().queue('group.fifo', { VisibilityTimeout: '600' });
    const sequence: string[] = [];
    for (let at = 0; at < 12; at++) sequence.push((await send(queue, 'A', `a${at}`)).SequenceNumber);
    await send(queue, 'B', 'b');
    expect(sequence).toEqual(sequence.toSorted());
    expect(sequence[0]).toMatch(/^\d{20}$/);
    const first = await queue.receive();
    expect(bodies(first)).toEqual(Array.from({ length: 10 }, (_, at) => `a${at}`));
    expect(first[3]?.Attributes).toMatchObject({
      MessageGroupId: 'A',
      MessageDeduplicationId: 'a3',
      SequenceNumber: sequence[3],
    });
    expect(bodies(await queue.receive())).toEqual(['b']);
    await queue.delete(first.slice(0, 9));
    expect(await queue.isQuiet()).toBe(true);
    await queue.delete(first.slice(9));
    expect(bodies(await queue.receive())).toEqual(['a10', 'a11']);
  });

  it('gives what was given back before what came later', async () => {
    const queue = await account().queue('back.fifo', { VisibilityTimeout: '600' });
    for (const body of ['1', '2', '3']) await send(queue, 'A', body);
    const [one, two] = await queue.receive({ MaxNumberOfMessages: 2 });
    const Entries = [two, one].map((message, at) => ({
      Id: `${at}`,
      ReceiptHandle: message?.ReceiptHandle,
      VisibilityTimeout: 0,
    }));
    await queue.call('ChangeMessageVisibilityBatch', { Entries });
    expect(bodies(await queue.receive())).toEqual(['1', '2', '3']);
  });

  it('takes a message with the deduplication id of another as that one, which may be deleted already', async () => {
    const queue = await account().queue('twin.fifo');
    const first = await send(queue, 'A', 'first', 'same');
    await queue.drain(1);
    const twin = await send(queue, 'B', 'second', 'same');
    expect(twin).toMatchObject({ MessageId: first.MessageId, SequenceNumber: first.SequenceNumber });
    const Entries = ['x', 'x', 'y'].map((MessageDeduplicationId, at) => ({
      Id: `${at}`,
      MessageBody: `${at}`,
      MessageGroupId: 'A',
      MessageDeduplicationId,
    }));
    const { Successful } = await queue.call('SendMessageBatch', { Entries });
    expect(Successful[1]).toMatchObject({ MessageId: Successful[0].MessageId });
    expect(bodies(await queue.drain(2))).toEqual(['0', '2']);
    expect(await queue.isQuiet()).toBe(true);
  });

  it('deduplicates by content or in each group where it is told to', async () => {
    const content = await account().queue('content.fifo', { ContentBasedDeduplication: 'true' });
    for (const body of ['same', 'same', 'other']) await send(content, 'A', body, '');
    expect(bodies(await content.drain(2))).toEqual(['same', 'other']);
    const grouped = await account().queue('grouped.fifo', {
      DeduplicationScope: 'messageGroup',
      FifoThroughputLimit: 'perMessageGroupId',
    });
    for (const group of ['A', 'B', 'A']) await send(grouped, group, group, 'same');
    expect(bodies(await grouped.drain(2)).toSorted()).toEqual(['A', 'B']);
    expect(await grouped.isQuiet()).toBe(true);
  });

  it('answers a repeated receive attempt with the same messages', async () => {
    const queue = await account().queue('attempt.fifo', { VisibilityTimeout: '600' });
    for (const body of ['1', '2']) await send(queue, 'A', body);
    const attempt = { ReceiveRequestAttemptId: 'attempt-1', MaxNumberOfMessages: 1 };
    const first = await queue.receive(attempt);
    const again = await queue.receive(attempt);
    expect(bodies(first)).toEqual(['1']);
    expect(again.map(({ MessageId }) => MessageId)).toEqual(first.map(({ MessageId }) => MessageId));
    await queue.delete(again);
    expect(bodies(await queue.receive({ MaxNumberOfMessages: 1 }))).toEqual(['2']);
  });

  it('refuses what has no group or no deduplication id, a delay of one message, and a handle that has expired', async () => {
    const queue = await account().queue('refuses.fifo', { VisibilityTimeout: '600' });
    const noGroup = { MessageBody: 'x', MessageDeduplicationId: 'x' };
    await expectRefusal(queue.call('SendMessage', noGroup), 'MissingParameter', /MessageGroupId/);
    await expectRefusal(send(queue, 'A', 'x', ''), 'InvalidParameterValue', /MessageDeduplicationId/);
    await expectRefusal(send(queue, 'A', 'x', 'not allowed'), 'InvalidParameterValue', /MessageDeduplicationId/);
    await expectRefusal(send(queue, 'g'.repeat(129), 'x'), 'InvalidParameterValue', /MessageGroupId/);
    const delayed = { MessageBody: 'x', MessageGroupId: 'A', MessageDeduplicationId: 'x', DelaySeconds: 5 };
    await expectRefusal(queue.call('SendMessage', delayed), 'InvalidParameterValue', /DelaySeconds/);
    await send(queue, 'A', 'x');
    const [message] = await queue.receive();
    const { ReceiptHandle } = message!;
    await queue.call('ChangeMessageVisibility', { ReceiptHandle, VisibilityTimeout: 0 });
    await expectRefusal(queue.call('DeleteMessage', { ReceiptHandle }), 'InvalidParameterValue', /expired/);
    const change = queue.call('ChangeMessageVisibility', { ReceiptHandle, VisibilityTimeout: 5 });
    await expectRefusal(change, 'AWS.SimpleQueueService.MessageNotInflight');
  });
});
