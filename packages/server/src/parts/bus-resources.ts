import {
  type AwsClientOptions,
  createSnsClient,
  createSqsClient,
  type SnsClient,
  type SqsClient,
} from '@daybook/aws-client';
import { DaybookError, isDaybookError } from '@daybook/errors';
import type { SettingName, Settings } from '../config/settings.ts';

/** The queue of job updates, where Daybook makes it. */
export const UPDATE_QUEUE = 'daybook-job-updates.fifo';
/** Its dead-letter queue. */
export const UPDATE_DEAD_LETTER_QUEUE = 'daybook-job-updates-dead.fifo';

/** The topic and the queues between the parts, and the clients that reach them. */
export interface BusResources {
  readonly sns: SnsClient;
  readonly sqs: SqsClient;
  readonly topicArn: string;
  readonly updateQueueUrl: string;
  readonly updateDeadLetterQueueUrl: string;
  readonly requestQueueUrl: string;
  readonly requestDeadLetterQueueUrl: string;
  close(): Promise<void>;
}

type Attributes = Readonly<Record<string, string>>;

const NAMED = [
  'topic-arn',
  'update-queue-url',
  'update-dead-letter-queue-url',
  'request-queue-url',
  'request-dead-letter-queue-url',
] as const satisfies readonly SettingName[];

const RETENTION_SECONDS = String(14 * 24 * 3600);
/** An outage of the database must never dead-letter good updates: the handler moves poison itself. */
const UPDATE_MAX_RECEIVES = 1000;

/** Whether the settings name a topic or queues, so that no bus of ours is needed. */
export function namesBusResources(settings: Settings): boolean {
  return NAMED.some((name) => settings[name] !== undefined);
}

/**
 * Finds the topic and the queues that the settings name. On an endpoint that is not AWS's own, what they leave open is made
 * there; on AWS all of them must be named (`invalid-argument` says which is missing), since making them takes rights and policies.
 */
export async function openBusResources(aws: AwsClientOptions, settings: Settings): Promise<BusResources> {
  const missing = NAMED.filter((name) => settings[name] === undefined);
  if (aws.endpoint === undefined && missing.length > 0) {
    throw new DaybookError(
      'invalid-argument',
      `on AWS every queue and the topic must be named; missing: ${missing.join(', ')}`,
    );
  }
  const sns = createSnsClient(aws);
  const sqs = createSqsClient(aws);

  const updateDeadLetterQueueUrl =
    settings['update-dead-letter-queue-url'] ?? (await ensureQueue(sqs, UPDATE_DEAD_LETTER_QUEUE, {}));
  const updateQueueUrl =
    settings['update-queue-url'] ??
    (await ensureQueue(sqs, UPDATE_QUEUE, {
      VisibilityTimeout: '30',
      RedrivePolicy: await redrivePolicy(sqs, updateDeadLetterQueueUrl, UPDATE_MAX_RECEIVES),
    }));
  const requestDeadLetterQueueUrl =
    settings['request-dead-letter-queue-url'] ?? (await ensureQueue(sqs, 'daybook-job-requests-dead.fifo', {}));
  const requestQueueUrl =
    settings['request-queue-url'] ??
    (await ensureQueue(sqs, 'daybook-job-requests.fifo', {
      VisibilityTimeout: String(settings['lease-seconds']),
      RedrivePolicy: await redrivePolicy(sqs, requestDeadLetterQueueUrl, settings['max-attempts']),
    }));
  const topicArn = settings['topic-arn'] ?? (await ensureTopic(sns, await arnOf(sqs, updateQueueUrl)));
  return {
    sns,
    sqs,
    topicArn,
    updateQueueUrl,
    updateDeadLetterQueueUrl,
    requestQueueUrl,
    requestDeadLetterQueueUrl,
    close: async () => {
      await Promise.all([sns.close(), sqs.close()]);
    },
  };
}

/** A queue that is there gets the attributes that the settings now say. */
async function ensureQueue(sqs: SqsClient, name: string, attributes: Attributes): Promise<string> {
  const wanted = { MessageRetentionPeriod: RETENTION_SECONDS, ...attributes };
  try {
    const queueUrl = await sqs.getQueueUrl({ name });
    await sqs.setQueueAttributes({ queueUrl, attributes: wanted });
    return queueUrl;
  } catch (error) {
    if (!isDaybookError(error, 'not-found')) throw error;
    return await sqs.createQueue({ name, attributes: { FifoQueue: 'true', ...wanted } });
  }
}

async function ensureTopic(sns: SnsClient, queueArn: string): Promise<string> {
  const topicArn = await sns.createTopic({
    name: 'daybook-job-updates.fifo',
    attributes: { FifoTopic: 'true', ContentBasedDeduplication: 'true' },
  });
  await sns.subscribe({ topicArn, queueArn });
  return topicArn;
}

async function redrivePolicy(sqs: SqsClient, deadLetterQueueUrl: string, maxReceiveCount: number): Promise<string> {
  return JSON.stringify({ deadLetterTargetArn: await arnOf(sqs, deadLetterQueueUrl), maxReceiveCount });
}

async function arnOf(sqs: SqsClient, queueUrl: string): Promise<string> {
  const { QueueArn } = await sqs.getQueueAttributes({ queueUrl, names: ['QueueArn'] });
  if (QueueArn === undefined) throw new DaybookError('unavailable', `the queue ${queueUrl} does not tell its ARN`);
  return QueueArn;
}
