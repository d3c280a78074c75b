import { type BusErrorReason, busError } from './bus-error.ts';

/** Where messages go that were received too often. */
export interface RedrivePolicy {
  readonly deadLetterTargetArn: string;
  readonly maxReceiveCount: number;
}

/** What can be set of a queue. */
export interface QueueSettings {
  readonly delaySeconds: number;
  readonly maximumMessageBytes: number;
  readonly retentionSeconds: number;
  readonly receiveWaitSeconds: number;
  readonly visibilityTimeoutSeconds: number;
  /** FIFO: the body's hash deduplicates messages that are sent without a deduplication id. */
  readonly contentBasedDeduplication: boolean;
  /** FIFO: whether a deduplication id counts in the whole queue or in its message group. */
  readonly deduplicationScope: 'queue' | 'messageGroup';
  readonly redrivePolicy?: RedrivePolicy | undefined;
  /** Kept and shown as they are: access policy, encryption, throughput limit, redrive allow policy; the last alone has an effect. */
  readonly passive: Readonly<Record<string, string>>;
}

/** The longest message of a queue, its attributes counted in; also the longest batch. */
export const MAX_MESSAGE_BYTES = 1_048_576;

/** The settings of a queue that says nothing, as Amazon SQS has them. */
export const DEFAULT_QUEUE_SETTINGS: QueueSettings = {
  delaySeconds: 0,
  maximumMessageBytes: MAX_MESSAGE_BYTES,
  retentionSeconds: 345_600,
  receiveWaitSeconds: 0,
  visibilityTimeoutSeconds: 30,
  contentBasedDeduplication: false,
  deduplicationScope: 'queue',
  passive: {},
};

/** The longest visibility timeout, also the longest that a message may be in flight without a new receive. */
export const MAX_VISIBILITY_SECONDS = 43_200;
/** The longest delay of a message. */
export const MAX_DELAY_SECONDS = 900;
/** The longest time that a receive waits. */
export const MAX_WAIT_SECONDS = 20;

/** By AWS's names, which callers know. */
const RANGES = {
  DelaySeconds: ['delaySeconds', 0, MAX_DELAY_SECONDS],
  MaximumMessageSize: ['maximumMessageBytes', 1024, MAX_MESSAGE_BYTES],
  MessageRetentionPeriod: ['retentionSeconds', 60, 1_209_600],
  ReceiveMessageWaitTimeSeconds: ['receiveWaitSeconds', 0, MAX_WAIT_SECONDS],
  VisibilityTimeout: ['visibilityTimeoutSeconds', 0, MAX_VISIBILITY_SECONDS],
} as const;

/** Throws unless every number is in AWS's range. */
export function checkQueueSettings(settings: QueueSettings): void {
  for (const [name, [setting, least, most]] of Object.entries(RANGES))
    checkRange(name, settings[setting], least, most, 'attribute-value');
  if (settings.redrivePolicy) checkRange('maxReceiveCount', settings.redrivePolicy.maxReceiveCount, 1, 1000);
}

/** Throws unless `value` is a whole number from `least` to `most`. */
export function checkRange(
  name: string,
  value: number,
  least: number,
  most: number,
  reason: BusErrorReason = 'value',
): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  throw busError(reason, `Value ${value} for ${name} is invalid. It must be a whole number from ${least} to ${most}.`);
}

/** Whether two settings are the same in every part. */
export function sameSettings(a: QueueSettings, b: QueueSettings): boolean {
  return JSON.stringify(sortKeys(a)) === JSON.stringify(sortKeys(b));
}

function sortKeys(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value)
    .filter(([, part]) => part !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, part]) => [name, sortKeys(part)]);
}
