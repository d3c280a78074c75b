import { afterAll, beforeAll, describe, expect, inject } from 'vitest';
import { type AwsClient, AwsError, type Wire } from './clients/aws-client.ts';
import { openBoto3 } from './clients/boto3.ts';
import { openSdkForJavaScript } from './clients/sdk-for-javascript.ts';

/** What a test has: the calls of one client, and queues and topics that are its own and removed at the end. */
export class Account {
  readonly #client: AwsClient;
  readonly #queues: string[] = [];
  readonly #topics: string[] = [];

  constructor(client: AwsClient) {
    this.#client = client;
  }

  sqs(action: string, input: Wire): Promise<Wire> {
    return this.#client.call('sqs', action, input);
  }

  sns(action: string, input: Wire): Promise<Wire> {
    return this.#client.call('sns', action, input);
  }

  /** A queue under a name that nobody has; `.fifo` at the end of `kind` makes it FIFO. */
  async queue(
    kind: string,
    attributes: Record<string, string> = {},
    tags?: Record<string, string>,
  ): Promise<TestQueue> {
    const Attributes = { ...(kind.endsWith('.fifo') && { FifoQueue: 'true' }), ...attributes };
    const request = { QueueName: uniqueName(kind), Attributes, ...(tags && { tags }) };
    const { QueueUrl } = await this.sqs('CreateQueue', request);
    this.#queues.push(QueueUrl);
    const described = await this.sqs('GetQueueAttributes', { QueueUrl, AttributeNames: ['QueueArn'] });
    return new TestQueue(this, QueueUrl, described.Attributes.QueueArn);
  }

  /** The ARN of a topic of its own. */
  async topic(kind: string, attributes: Record<string, string> = {}): Promise<string> {
    const Attributes = { ...(kind.endsWith('.fifo') && { FifoTopic: 'true' }), ...attributes };
    const { TopicArn } = await this.sns('CreateTopic', { Name: uniqueName(kind), Attributes });
    this.#topics.push(TopicArn);
    return TopicArn;
  }

  /** Lets the topic send to the queue and subscribes it. */
  async subscribe(TopicArn: string, queue: TestQueue, Attributes: Record<string, string> = {}): Promise<string> {
    const Statement = [
      {
        Effect: 'Allow',
        Principal: { Service: 'sns.amazonaws.com' },
        Action: 'sqs:SendMessage',
        Resource: queue.arn,
        Condition: { ArnEquals: { 'aws:SourceArn': TopicArn } },
      },
    ];
    const Policy = JSON.stringify({ Version: '2012-10-17', Statement });
    await this.sqs('SetQueueAttributes', { QueueUrl: queue.url, Attributes: { Policy } });
    const request = { TopicArn, Protocol: 'sqs', Endpoint: queue.arn, Attributes, ReturnSubscriptionArn: true };
    return (await this.sns('Subscribe', request)).SubscriptionArn;
  }

  async close(): Promise<void> {
    for (const TopicArn of this.#topics) await this.sns('DeleteTopic', { TopicArn }).catch(() => {});
    for (const QueueUrl of this.#queues) await this.sqs('DeleteQueue', { QueueUrl }).catch(() => {});
    await this.#client.close();
  }
}

/** A queue of a test. */
export class TestQueue {
  readonly #account: Account;
  readonly url: string;
  readonly arn: string;

  constructor(account: Account, url: string, arn: string) {
    this.#account = account;
    this.url = url;
    this.arn = arn;
  }

  /** Calls an action on this queue. */
  call(action: string, input: Wire = {}): Promise<Wire> {
    return this.#account.sqs(action, { QueueUrl: this.url, ...input });
  }

  async attributes(...names: readonly string[]): Promise<Record<string, string>> {
    return (await this.call('GetQueueAttributes', { AttributeNames: names })).Attributes ?? {};
  }

  /** Everything of up to ten messages; waits for the first of them. */
  async receive(input: Wire = {}): Promise<readonly Wire[]> {
    const request = {
      MaxNumberOfMessages: 10,
      WaitTimeSeconds: 5,
      AttributeNames: ['All'],
      MessageAttributeNames: ['All'],
      ...input,
    };
    return (await this.call('ReceiveMessage', request)).Messages ?? [];
  }

  /** Receives and deletes until `count` messages have come, and gives them in the order of their coming. */
  async drain(count: number): Promise<readonly Wire[]> {
    const all: Wire[] = [];
    while (all.length < count) {
      const messages = await this.receive();
      expect(messages, `message ${all.length + 1} of ${count}`).not.toEqual([]);
      all.push(...messages);
      await this.delete(messages);
    }
    return all;
  }

  async delete(messages: readonly Wire[]): Promise<void> {
    const Entries = messages.map(({ ReceiptHandle }, at) => ({ Id: `${at}`, ReceiptHandle }));
    const { Failed = [] } = await this.call('DeleteMessageBatch', { Entries });
    expect(Failed).toEqual([]);
  }

  /** Whether nothing can be received right now. */
  async isQuiet(): Promise<boolean> {
    return (await this.receive({ WaitTimeSeconds: 0 })).length === 0;
  }
}

const CLIENTS = {
  'the SDK for JavaScript': () => openSdkForJavaScript(inject('endpoint')),
  boto3: () => openBoto3(inject('endpoint'), 'boto3'),
  'boto3 over the query protocol': () => openBoto3(inject('endpoint'), 'boto3-query'),
};

/** Has the tests of `define` run with each client, side by side. */
export function withEachClient(what: string, define: (account: () => Account) => void): void {
  describe.concurrent.each(Object.entries(CLIENTS))(`${what}, with %s`, (_name, open) => {
    let account: Account;
    beforeAll(() => {
      account = new Account(open());
    });
    afterAll(() => account.close());
    define(() => account);
  });
}

/** Expects that a call is refused with a code. */
export async function expectRefusal(call: Promise<unknown>, code: string, message?: RegExp): Promise<void> {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof AwsError)) throw error ?? new Error(`the call succeeded; expected ${code}`);
  expect(error.code).toBe(code);
  if (message !== undefined) expect(error.message).toMatch(message);
}

function uniqueName(kind: string): string {
  const [base, suffix = ''] = kind.split(/(?=\.fifo$)/);
  return `${base}-${crypto.randomUUID().slice(0, 13)}${suffix}`;
}

/** The bodies of messages. */
export function bodies(messages: readonly Wire[]): readonly string[] {
  return messages.map(({ Body }) => Body);
}
