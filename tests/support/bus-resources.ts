import { callSns, callSqs } from './bus-wire.ts';

/** The topic and the queues of a Daybook. */
export interface BusResources {
  readonly topicArn: string;
  readonly updateQueueUrl: string;
  readonly updateDeadLetterQueueUrl: string;
  readonly requestQueueUrl: string;
  readonly requestDeadLetterQueueUrl: string;
}

/** Those that a Daybook makes on its own bus. */
export function ownBusResources(bus: string): BusResources {
  const queue = (name: string): string => `${bus}/000000000000/daybook-${name}.fifo`;
  return {
    topicArn: 'arn:aws:sns:us-east-1:000000000000:daybook-job-updates.fifo',
    updateQueueUrl: queue('job-updates'),
    updateDeadLetterQueueUrl: queue('job-updates-dead'),
    requestQueueUrl: queue('job-requests'),
    requestDeadLetterQueueUrl: queue('job-requests-dead'),
  };
}

/** Makes them on another SNS and SQS, under names that no other Daybook has, as deploy/README.md says. */
export async function makeBusResources(bus: string, leaseSeconds: string): Promise<BusResources> {
  const prefix = `daybook-${crypto.randomUUID().slice(0, 8)}`;
  const make = async (name: string, attributes: Record<string, string> = {}): Promise<string> => {
    const Attributes = { FifoQueue: 'true', ...attributes };
    return String((await callSqs(bus, 'CreateQueue', { QueueName: `${prefix}-${name}.fifo`, Attributes })).QueueUrl);
  };
  const arnOf = async (QueueUrl: string): Promise<string> => {
    const answer = await callSqs(bus, 'GetQueueAttributes', { QueueUrl, AttributeNames: ['QueueArn'] });
    return (answer.Attributes as { QueueArn: string }).QueueArn;
  };
  const redrive = async (dead: string, maxReceiveCount: number): Promise<string> =>
    JSON.stringify({ deadLetterTargetArn: await arnOf(dead), maxReceiveCount });
  const updateDeadLetterQueueUrl = await make('updates-dead');
  const updateQueueUrl = await make('updates', { RedrivePolicy: await redrive(updateDeadLetterQueueUrl, 1000) });
  const requestDeadLetterQueueUrl = await make('requests-dead');
  const requestQueueUrl = await make('requests', {
    VisibilityTimeout: leaseSeconds,
    RedrivePolicy: await redrive(requestDeadLetterQueueUrl, 3),
  });
  const created = await callSns(bus, 'CreateTopic', {
    Name: `${prefix}-updates.fifo`,
    'Attributes.entry.1.key': 'FifoTopic',
    'Attributes.entry.1.value': 'true',
    'Attributes.entry.2.key': 'ContentBasedDeduplication',
    'Attributes.entry.2.value': 'true',
  });
  const topicArn = String(/<TopicArn>(.*?)<\/TopicArn>/.exec(created)?.[1]);
  // Raw, unlike on the embedded bus: both ways are tested, and the independent server's envelopes have times of whole seconds, which
  // put updates of one second out of order.
  const raw = { 'Attributes.entry.1.key': 'RawMessageDelivery', 'Attributes.entry.1.value': 'true' };
  const Endpoint = await arnOf(updateQueueUrl);
  await callSns(bus, 'Subscribe', { TopicArn: topicArn, Protocol: 'sqs', Endpoint, ...raw });
  return { topicArn, updateQueueUrl, updateDeadLetterQueueUrl, requestQueueUrl, requestDeadLetterQueueUrl };
}

/** The flags that point a Daybook at them. */
export function busFlags(bus: string, resources: BusResources): readonly string[] {
  return [
    ...['--aws-endpoint', bus],
    ...['--topic-arn', resources.topicArn],
    ...['--update-queue-url', resources.updateQueueUrl],
    ...['--update-dead-letter-queue-url', resources.updateDeadLetterQueueUrl],
    ...['--request-queue-url', resources.requestQueueUrl],
    ...['--request-dead-letter-queue-url', resources.requestDeadLetterQueueUrl],
  ];
}
