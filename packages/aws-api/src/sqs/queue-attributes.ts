import type { QueueInfo, QueueSettings, RedrivePolicy } from '@daybook/message-bus';
import { failure } from '../wire/failure.ts';

const NUMBERS = {
  DelaySeconds: 'delaySeconds',
  MaximumMessageSize: 'maximumMessageBytes',
  MessageRetentionPeriod: 'retentionSeconds',
  ReceiveMessageWaitTimeSeconds: 'receiveWaitSeconds',
  VisibilityTimeout: 'visibilityTimeoutSeconds',
} as const;

const PASSIVE = [
  'FifoThroughputLimit',
  'KmsDataKeyReusePeriodSeconds',
  'KmsMasterKeyId',
  'Policy',
  'RedriveAllowPolicy',
  'SqsManagedSseEnabled',
];

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/** Reads what attributes, in AWS's spelling, set of a queue. `FifoQueue` is left to the caller. */
export function readQueueAttributes(attributes: Readonly<Record<string, string>>): Partial<QueueSettings> {
  const settings: Mutable<Partial<QueueSettings>> = {};
  const passive: Record<string, string> = {};
  for (const [name, value] of Object.entries(attributes)) {
    if (name in NUMBERS) settings[NUMBERS[name as keyof typeof NUMBERS]] = readNumber(name, value);
    else if (name === 'ContentBasedDeduplication') settings.contentBasedDeduplication = readBoolean(name, value);
    else if (name === 'DeduplicationScope') settings.deduplicationScope = readScope(value);
    else if (name === 'RedrivePolicy') settings.redrivePolicy = readRedrivePolicy(value);
    else if (PASSIVE.includes(name)) passive[name] = value;
    else if (name !== 'FifoQueue') throw failure('InvalidAttributeName', `Unknown Attribute ${name.slice(0, 200)}.`);
  }
  if (Object.keys(passive).length > 0) settings.passive = passive;
  return settings;
}

/** All attributes of a queue in AWS's spelling. */
export function writeQueueAttributes(info: QueueInfo): Record<string, string> {
  const { settings, counts } = info;
  const attributes: Record<string, string> = {
    QueueArn: info.arn,
    ApproximateNumberOfMessages: String(counts.visible),
    ApproximateNumberOfMessagesNotVisible: String(counts.inFlight),
    ApproximateNumberOfMessagesDelayed: String(counts.delayed),
    CreatedTimestamp: String(Math.floor(info.createdAt / 1000)),
    LastModifiedTimestamp: String(Math.floor(info.modifiedAt / 1000)),
  };
  for (const [name, setting] of Object.entries(NUMBERS)) attributes[name] = String(settings[setting]);
  Object.assign(attributes, settings.passive);
  if (attributes.Policy === '') delete attributes.Policy;
  if (settings.redrivePolicy) attributes.RedrivePolicy = JSON.stringify(settings.redrivePolicy);
  if (info.fifo) {
    attributes.FifoQueue = 'true';
    attributes.ContentBasedDeduplication = String(settings.contentBasedDeduplication);
    attributes.DeduplicationScope = settings.deduplicationScope;
    attributes.FifoThroughputLimit ??= 'perQueue';
  }
  attributes.SqsManagedSseEnabled ??= 'false';
  return attributes;
}

function readNumber(name: string, value: string): number {
  if (/^\d{1,9}$/.test(value)) return Number(value);
  throw invalidValue(name, value);
}

function readBoolean(name: string, value: string): boolean {
  if (value === 'true' || value === 'false') return value === 'true';
  throw invalidValue(name, value);
}

function readScope(value: string): 'queue' | 'messageGroup' {
  if (value === 'queue' || value === 'messageGroup') return value;
  throw invalidValue('DeduplicationScope', value);
}

function readRedrivePolicy(value: string): RedrivePolicy | undefined {
  if (value === '') return undefined;
  try {
    const { deadLetterTargetArn, maxReceiveCount } = JSON.parse(value);
    const count = Number(maxReceiveCount);
    if (typeof deadLetterTargetArn === 'string' && Number.isInteger(count))
      return { deadLetterTargetArn, maxReceiveCount: count };
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof TypeError)) throw error;
  }
  throw failure(
    'InvalidParameterValue',
    `Value ${JSON.stringify(value.slice(0, 200))} for parameter RedrivePolicy is invalid. Reason: it must be JSON with deadLetterTargetArn and maxReceiveCount.`,
  );
}

function invalidValue(name: string, value: string): Error {
  return failure(
    'InvalidAttributeValue',
    `Invalid value ${JSON.stringify(value.slice(0, 200))} for the parameter ${name}.`,
  );
}
