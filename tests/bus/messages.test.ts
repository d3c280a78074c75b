import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { eventually } from '../support/wait.ts';
import { bodies, expectRefusal, withEachClient } from './account.ts';

withEachClient('messages of a standard queue', (account) => {
  it('come with their attributes and digests, which clients check', async () => {
    const queue = await account().queue('attributes');
    const MessageAttributes = {
      station: { DataType: 'String', StringValue: 'Svalbard ✓' },
      'count.total': { DataType: 'Number.int', StringValue: '-7.5' },
      raw: { DataType: 'Binary.png', BinaryValue: Uint8Array.of(0, 1, 254, 255) },
    };
    const trace = { DataType: 'String', StringValue: 'Root=1-5759e988-bd862e3fe1be46a994272793' };
    const body = 'tab\tline\nreturn\rquote" <&> größe 🛰';
    const sent = await queue.call('SendMessage', {
      MessageBody: body,
      MessageAttributes,
      MessageSystemAttributes: { AWSTraceHeader: trace },
    });
    expect(sent).toMatchObject({
      MessageId: expect.stringMatching(/^[\da-f-]{36}$/),
      MD5OfMessageBody: createHash('md5').update(body).digest('hex'),
      MD5OfMessageAttributes: expect.stringMatching(/^[\da-f]{32}$/),
    });
    expect(sent.SequenceNumber).toBeUndefined();
    const [message] = await queue.receive();
    expect(message).toMatchObject({
      MessageId: sent.MessageId,
      Body: body,
      MD5OfBody: sent.MD5OfMessageBody,
      MD5OfMessageAttributes: sent.MD5OfMessageAttributes,
      MessageAttributes,
      Attributes: {
        SenderId: expect.any(String),
        SentTimestamp: expect.stringMatching(/^\d{13}$/),
        ApproximateReceiveCount: '1',
        ApproximateFirstReceiveTimestamp: expect.stringMatching(/^\d{13}$/),
        AWSTraceHeader: trace.StringValue,
      },
    });
  });

  it('show just the attributes that are asked for', async () => {
    const queue = await account().queue('picked', { VisibilityTimeout: '0' });
    const text = (StringValue: string) => ({ DataType: 'String', StringValue });
    const MessageAttributes = { 'geo.lat': text('1'), 'geo.lon': text('2'), other: text('3') };
    await queue.call('SendMessage', { MessageBody: 'x', MessageAttributes });
    const [none] = await queue.receive({ AttributeNames: [], MessageAttributeNames: [] });
    expect(none).not.toHaveProperty('Attributes');
    expect(none).not.toHaveProperty('MessageAttributes');
    const [some] = await queue.receive({ AttributeNames: ['SentTimestamp'], MessageAttributeNames: ['geo.*'] });
    expect(Object.keys(some?.Attributes)).toEqual(['SentTimestamp']);
    expect(Object.keys(some?.MessageAttributes).sort()).toEqual(['geo.lat', 'geo.lon']);
  });

  it('are hidden once received, come back after the visibility timeout, and are counted', async () => {
    const queue = await account().queue('hidden', { VisibilityTimeout: '1' });
    await queue.call('SendMessage', { MessageBody: 'again' });
    const [first] = await queue.receive();
    const counts = await queue.attributes('ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible');
    expect(counts).toEqual({ ApproximateNumberOfMessages: '0', ApproximateNumberOfMessagesNotVisible: '1' });
    const [second] = await queue.receive();
    expect(second).toMatchObject({ MessageId: first?.MessageId, Attributes: { ApproximateReceiveCount: '2' } });
    expect(second?.ReceiptHandle).not.toBe(first?.ReceiptHandle);
    await queue.delete([second!]);
    await queue.delete([second!]);
    expect(await queue.attributes('ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible')).toEqual({
      ApproximateNumberOfMessages: '0',
      ApproximateNumberOfMessagesNotVisible: '0',
    });
  });

  it('are given back at once by a visibility of 0, one by one and in batches', async () => {
    const queue = await account().queue('given-back', { VisibilityTimeout: '600' });
    await queue.call('SendMessage', { MessageBody: 'x' });
    const [first] = await queue.receive();
    await queue.call('ChangeMessageVisibility', { ReceiptHandle: first?.ReceiptHandle, VisibilityTimeout: 0 });
    const [second] = await queue.receive({ WaitTimeSeconds: 0 });
    expect(second?.MessageId).toBe(first?.MessageId);
    const answer = await queue.call('ChangeMessageVisibilityBatch', {
      Entries: [
        { Id: 'good', ReceiptHandle: second?.ReceiptHandle, VisibilityTimeout: 0 },
        { Id: 'bad', ReceiptHandle: 'none', VisibilityTimeout: 0 },
      ],
    });
    expect(answer.Successful).toEqual([{ Id: 'good' }]);
    expect(answer.Failed).toMatchObject([{ Id: 'bad', SenderFault: true, Code: 'ReceiptHandleIsInvalid' }]);
    const [third] = await queue.receive({ WaitTimeSeconds: 0 });
    expect(third?.MessageId).toBe(first?.MessageId);
    const change = { ReceiptHandle: second?.ReceiptHandle, VisibilityTimeout: 43_201 };
    await expectRefusal(queue.call('ChangeMessageVisibility', change), 'InvalidParameterValue', /43201/);
  });

  it('are delayed by the queue, or by themselves', async () => {
    const queue = await account().queue('delayed', { DelaySeconds: '600' });
    await queue.call('SendMessage', { MessageBody: 'later' });
    await queue.call('SendMessage', { MessageBody: 'sooner', DelaySeconds: 5 });
    await queue.call('SendMessage', { MessageBody: 'now', DelaySeconds: 0 });
    expect(bodies(await queue.receive())).toEqual(['now']);
    expect(await queue.attributes('ApproximateNumberOfMessagesDelayed')).toEqual({
      ApproximateNumberOfMessagesDelayed: '2',
    });
    expect(bodies(await queue.receive({ WaitTimeSeconds: 20 }))).toEqual(['sooner']);
    const late = queue.call('SendMessage', { MessageBody: 'x', DelaySeconds: 901 });
    await expectRefusal(late, 'InvalidParameterValue', /DelaySeconds/);
  });

  it('wake a poller that waits, at once', async () => {
    const queue = await account().queue('awaited');
    const polls = [1, 2, 3].map(() => queue.receive({ WaitTimeSeconds: 20, MaxNumberOfMessages: 1 }));
    for (const body of ['a', 'b', 'c']) await queue.call('SendMessage', { MessageBody: body });
    const began = performance.now();
    const received = await Promise.all(polls);
    expect(performance.now() - began).toBeLessThan(10_000);
    expect(bodies(received.flat()).toSorted()).toEqual(['a', 'b', 'c']);
  });

  it('are sent and deleted in batches, each with an answer of its own', async () => {
    const queue = await account().queue('batch');
    const sent = await queue.call('SendMessageBatch', {
      Entries: [
        { Id: 'one', MessageBody: '1' },
        { Id: 'bad', MessageBody: 'forbidden \u0001' },
        { Id: 'late', MessageBody: '2', DelaySeconds: 901 },
        { Id: 'two', MessageBody: '2', MessageAttributes: { a: { DataType: 'String', StringValue: 'v' } } },
      ],
    });
    expect(sent.Successful.map(({ Id }: { Id: string }) => Id)).toEqual(['one', 'two']);
    expect(sent.Failed).toMatchObject([
      { Id: 'bad', SenderFault: true, Code: 'InvalidMessageContents' },
      { Id: 'late', SenderFault: true, Code: 'InvalidParameterValue' },
    ]);
    const messages = await eventually('both messages', async () => {
      const found = await queue.receive({ VisibilityTimeout: 0 });
      return found.length === 2 ? found : undefined;
    });
    const Entries = [{ Id: 'none', ReceiptHandle: 'x' }];
    for (const { ReceiptHandle } of messages) Entries.push({ Id: `d${Entries.length}`, ReceiptHandle });
    const deleted = await queue.call('DeleteMessageBatch', { Entries });
    expect(deleted.Successful).toEqual([{ Id: 'd1' }, { Id: 'd2' }]);
    expect(deleted.Failed).toMatchObject([{ Id: 'none', SenderFault: true }]);
    expect(await queue.isQuiet()).toBe(true);
  });

  it('may be a mebibyte long, alone or together, and no longer', async () => {
    const queue = await account().queue('long');
    const most = 1024 * 1024;
    const { MessageId } = await queue.call('SendMessage', { MessageBody: 'é'.repeat(most / 2) });
    const [received] = await queue.receive();
    expect(received).toMatchObject({ MessageId, Body: 'é'.repeat(most / 2) });
    await expectRefusal(queue.call('SendMessage', { MessageBody: 'x'.repeat(most + 1) }), 'InvalidParameterValue');
    const half = { MessageBody: 'x'.repeat(most / 2 + 1) };
    const Entries = ['a', 'b'].map((Id) => ({ Id, ...half }));
    await expectRefusal(queue.call('SendMessageBatch', { Entries }), 'AWS.SimpleQueueService.BatchRequestTooLong');
    await queue.call('SetQueueAttributes', { Attributes: { MaximumMessageSize: '1024' } });
    await expectRefusal(queue.call('SendMessage', { MessageBody: 'x'.repeat(1025) }), 'InvalidParameterValue', /1024/);
  });

  it('are all gone after a purge', async () => {
    const queue = await account().queue('purged', { VisibilityTimeout: '0' });
    for (const body of ['a', 'b']) await queue.call('SendMessage', { MessageBody: body });
    await queue.call('PurgeQueue');
    await eventually('the end of the messages', async () => (await queue.isQuiet()) || undefined, 90);
  });

  it('are refused where they are malformed, with the code that AWS has for it', async () => {
    const queue = await account().queue('refused');
    const send = (input: Record<string, unknown>) => queue.call('SendMessage', { MessageBody: 'x', ...input });
    const attribute = (name: string, value: Record<string, unknown>) => send({ MessageAttributes: { [name]: value } });
    const text = { DataType: 'String', StringValue: 'v' };
    await expectRefusal(send({ MessageBody: '\uFFFF' }), 'InvalidMessageContents');
    await expectRefusal(attribute('aws.reserved', text), 'InvalidParameterValue');
    await expectRefusal(attribute('.dot', text), 'InvalidParameterValue');
    await expectRefusal(attribute('type', { DataType: 'Date', StringValue: 'v' }), 'InvalidParameterValue');
    await expectRefusal(attribute('empty', { DataType: 'String', StringValue: '' }), 'InvalidParameterValue');
    await expectRefusal(attribute('number', { DataType: 'Number', StringValue: 'seven' }), 'InvalidParameterValue');
    const eleven = Object.fromEntries(Array.from({ length: 11 }, (_, at) => [`a${at}`, text]));
    await expectRefusal(send({ MessageAttributes: eleven }), 'InvalidParameterValue');
    await expectRefusal(send({ MessageDeduplicationId: 'd' }), 'InvalidParameterValue');
    await expectRefusal(queue.receive({ MaxNumberOfMessages: 11 }), 'InvalidParameterValue', /MaxNumberOfMessages/);
    await expectRefusal(queue.receive({ WaitTimeSeconds: 21 }), 'InvalidParameterValue', /WaitTimeSeconds/);
    await expectRefusal(queue.call('DeleteMessage', { ReceiptHandle: 'none' }), 'ReceiptHandleIsInvalid');
    const batch = (Entries: unknown[]) => queue.call('SendMessageBatch', { Entries });
    const entry = (Id: string) => ({ Id, MessageBody: 'x' });
    const service = 'AWS.SimpleQueueService';
    await expectRefusal(batch([entry('a'), entry('a')]), `${service}.BatchEntryIdsNotDistinct`);
    await expectRefusal(batch([entry('not allowed')]), `${service}.InvalidBatchEntryId`);
    const eleventh = Array.from({ length: 11 }, (_, at) => entry(`e${at}`));
    await expectRefusal(batch(eleventh), `${service}.TooManyEntriesInBatchRequest`);
  });
});
