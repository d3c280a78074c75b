import { ExpiringMap } from './expiring-map.ts';
import { type FilterPolicy, parseFilterPolicy } from './filter-policy.ts';
import type { DeduplicatedMessage, SubscriptionDescription, TopicDescription } from './journal-event.ts';

/** A subscription in memory, its filter policy parsed. */
export interface Subscription {
  readonly description: SubscriptionDescription;
  readonly filter: FilterPolicy | undefined;
  readonly raw: boolean;
}

/** A topic in memory. */
export class Topic {
  description: TopicDescription;
  readonly subscriptions: Map<string, Subscription> = new Map();
  readonly deduplication: ExpiringMap<DeduplicatedMessage> = new ExpiringMap();

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

/** Throws `filter-policy` when the policy is none. */
export function toSubscription(description: SubscriptionDescription): Subscription {
  const { FilterPolicy: policy, FilterPolicyScope: scope, RawMessageDelivery: raw } = description.attributes;
  const filter = policy === undefined || policy === '' ? undefined : parseFilterPolicy(policy, scope);
  return { description, filter, raw: raw?.toLowerCase() === 'true' };
}
