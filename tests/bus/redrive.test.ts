import { expect, it } from 'vitest';
import { eventually } from '../support/wait.ts';
import { type Account, bodies, expectRefusal, type TestQueue, withEachClient } from './account.ts';

/** A queue whose messages go to its dead-letter queue after one receive. */
async function queueWithDeadLetters(account: Account, suffix: '' | '.fifo'): Promise<readonly [TestQueue, TestQueue]> {
  const dead = await account.queue(`dead${suffix}`);
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: dead.arn, maxReceiveCount: 1 });
  return [await account.queue(`source${suffix}`, { RedrivePolicy, VisibilityTimeout: '0' }), dead];
}

withEachClient('a dead-letter queue', (account) => {
  it('gets what was received too often, with its id and attributes, and the rest goes on', async () => {
    for (const suffix of ['', '.fifo'] as const) {
      const [queue, dead] = await queueWithDeadLetters(account(), suffix);
      const MessageAttributes = { a: { DataType: 'String', StringValue: 'v' } };
      const fifo = (id: string) => (suffix === '' ? {} : { MessageGroupId: 'A', MessageDeduplicationId: id });
      const { MessageId } = await queue.call('SendMessage', { MessageBody: 'bad', MessageAttributes, ...fifo('1') });
      expect(bodies(await queue.receive())).toEqual(['bad']);
      await queue.call('SendMessage', { MessageBody: 'good', ...fifo('2') });
      const good = await eventually('the message behind', async () => {
        const messages = await queue.receive({ WaitTimeSeconds: 1 });
        return messages.length > 0 ? messages : undefined;
      });
      expect(bodies(good)).toEqual(['good']);
      const [moved] = await dead.receive();
      expect(moved).toMatchObject({ MessageId, Body: 'bad', MessageAttributes });
      expect(moved?.Attributes.DeadLetterQueueSourceArn).toBe(queue.arn);
    }
  });

  it('names its sources, and must be there and be of their type', async () => {
    const [queue, dead] = await queueWithDeadLetters(account(), '');
    expect((await dead.call('ListDeadLetterSourceQueues')).queueUrls).toEqual([queue.url]);
    const set = (target: string) =>
      queue.call('SetQueueAttributes', {
        Attributes: { RedrivePolicy: JSON.stringify({ deadLetterTargetArn: target, maxReceiveCount: 3 }) },
      });
    await expectRefusal(set(`${dead.arn}-none`), 'InvalidParameterValue');
    await expectRefusal(set((await account().queue('other.fifo')).arn), 'InvalidParameterValue');
    await queue.call('SetQueueAttributes', { Attributes: { RedrivePolicy: '' } });
    expect(await queue.attributes('RedrivePolicy')).toEqual({});
  });

  it('refuses the sources that its redrive allow policy does not name', async () => {
    const [queue, other, dead] = [
      await account().queue('named'),
      await account().queue('other'),
      await account().queue('dead'),
    ];
    const allow = (policy: unknown) =>
      dead.call('SetQueueAttributes', { Attributes: { RedriveAllowPolicy: JSON.stringify(policy) } });
    const redrive = (source: TestQueue) =>
      source.call('SetQueueAttributes', {
        Attributes: { RedrivePolicy: JSON.stringify({ deadLetterTargetArn: dead.arn, maxReceiveCount: 3 }) },
      });
    await allow({ redrivePermission: 'denyAll' });
    await expectRefusal(redrive(queue), 'InvalidParameterValue', /RedrivePolicy/);
    await allow({ redrivePermission: 'byQueue', sourceQueueArns: [queue.arn] });
    await expectRefusal(redrive(other), 'InvalidParameterValue', /RedrivePolicy/);
    await redrive(queue);
    expect((await dead.call('ListDeadLetterSourceQueues')).queueUrls).toEqual([queue.url]);
    await expectRefusal(allow({ redrivePermission: 'byQueue' }), 'InvalidParameterValue', /RedriveAllowPolicy/);
    await allow({ redrivePermission: 'allowAll' });
    await redrive(other);
  });

  it('gives its messages back by a move task', async () => {
    const [queue, dead] = await queueWithDeadLetters(account(), '');
    await queue.call('SendMessage', { MessageBody: 'again' });
    expect(bodies(await queue.receive())).toEqual(['again']);
    expect(await queue.receive({ WaitTimeSeconds: 0 })).toEqual([]);
    await eventually('the dead letter', async () => {
      const { ApproximateNumberOfMessages } = await dead.attributes('ApproximateNumberOfMessages');
      return ApproximateNumberOfMessages === '1' || undefined;
    });
    const { TaskHandle } = await account().sqs('StartMessageMoveTask', { SourceArn: dead.arn });
    expect(TaskHandle).toEqual(expect.any(String));
    expect(bodies(await queue.receive())).toEqual(['again']);
    const task = await eventually('the end of the task', async () => {
      const { Results } = await account().sqs('ListMessageMoveTasks', { SourceArn: dead.arn });
      return Results[0].Status === 'COMPLETED' ? Results[0] : undefined;
    });
    expect(task).toMatchObject({ SourceArn: dead.arn, ApproximateNumberOfMessagesMoved: 1 });
    const cancel = account().sqs('CancelMessageMoveTask', { TaskHandle });
    await expectRefusal(cancel, 'InvalidParameterValue');
    const start = account().sqs('StartMessageMoveTask', { SourceArn: queue.arn });
    await expectRefusal(start, 'InvalidParameterValue');
    const missing = account().sqs('StartMessageMoveTask', { SourceArn: `${dead.arn}-none` });
    await expectRefusal(missing, 'ResourceNotFoundException');
  });
});
