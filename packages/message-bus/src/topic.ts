import { busError } from './bus-error.ts';
import { DeduplicationMap } from './deduplication-map.ts';
import { type FilterPolicy, parseFilterPolicy } from './filter-policy.ts';
import type { SubscriptionDescription, TopicDescription } from './journal-event.ts';

/** A subscription in memory, its filter policy parsed. */
export interface Subscription {
  readonly description: SubscriptionDescription;
  readonly filter: FilterPolicy | undefined;
  readonly raw: boolean;
  /** Where messages go whose queue is gone. */
  readonly deadLetterTargetArn: string | undefined;
}

/** A topic in memory. */
export class Topic {
  description: TopicDescription;
  readonly subscriptions: Map<string, Subscription> = new Map();
  readonly deduplication: DeduplicationMap = new DeduplicationMap();

  constructor(description: TopicDescription) {
    this.description = description;
  }

  get id(): number {
    return this.description.id;
  }

  putSubscription(description: SubscriptionDescription): void {
    this.subscriptions.set(description.arn, toSubscription(description));
  }
}

/** Throws `filter-policy` when the policy is none, and `value` when the redrive policy is none. */
export function toSubscription(description: SubscriptionDescription): Subscription {
  const {
    FilterPolicy: policy,
    FilterPolicyScope: scope,
    RawMessageDelivery: raw,
    RedrivePolicy,
  } = description.attributes;
  const filter = policy === undefined || policy === '' ? undefined : parseFilterPolicy(policy, scope);
  const deadLetterTargetArn = RedrivePolicy ? parseDeadLetterTarget(RedrivePolicy) : undefined;
  return { description, filter, raw: raw?.toLowerCase() === 'true', deadLetterTargetArn };
}

function parseDeadLetterTarget(policy: string): string {
  try {
    const target = JSON.parse(policy)?.deadLetterTargetArn;
    if (typeof target === 'string') return target;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw busError(
    'value',
    'Invalid parameter: RedrivePolicy: expected JSON with the ARN of a queue as deadLetterTargetArn',
  );
}
