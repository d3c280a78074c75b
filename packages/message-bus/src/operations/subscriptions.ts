import { randomUUID } from 'node:crypto';
import { formatArn, nameOfArn } from '../arn.ts';
import type { BusCore } from '../bus-core.ts';
import { busError } from '../bus-error.ts';
import { invalidPolicy } from '../filter-condition.ts';
import { type Subscription, type Topic, toSubscription } from '../topic.ts';
import { type ListRequest, type Page, pageOf } from './queues.ts';
import type { Attributes } from './topics.ts';

/** A subscription as its owner sees it. */
export interface SubscriptionInfo {
  readonly arn: string;
  readonly topicArn: string;
  readonly queueArn: string;
  readonly attributes: Attributes;
}

const MAX_FILTER_KEYS = 5;
const SETTABLE = new Set([
  'FilterPolicy',
  'FilterPolicyScope',
  'RawMessageDelivery',
  'DeliveryPolicy',
  'RedrivePolicy',
]);

/** Subscribes a queue to a topic; the one subscription that they may have is found again. Returns its ARN. */
export async function subscribe(
  core: BusCore,
  request: { readonly topicName: string; readonly queueArn: string; readonly attributes?: Attributes },
): Promise<string> {
  const { topicName, queueArn, attributes = {} } = request;
  const topic = core.requireTopic(topicName);
  const queueName = nameOfArn('sqs', core.identity, queueArn);
  if (queueName === undefined)
    throw busError('value', `Invalid parameter: SQS endpoint ARN: ${JSON.stringify(queueArn.slice(0, 300))}`);
  if (queueName.endsWith('.fifo') && !topic.description.fifo) {
    throw busError('value', 'Invalid parameter: Endpoint Reason: a FIFO queue can be subscribed to a FIFO topic alone');
  }
  checkAttributes(attributes);
  for (const { description } of topic.subscriptions.values()) {
    if (description.queueArn !== queueArn) continue;
    if (Object.entries(attributes).some(([name, value]) => description.attributes[name] !== value)) {
      throw busError(
        'value',
        'Invalid parameter: Attributes Reason: Subscription already exists with different attributes',
      );
    }
    await core.commit([]);
    return description.arn;
  }
  const arn = `${formatArn('sns', core.identity, topicName)}:${randomUUID()}`;
  const description = { arn, topic: topic.id, queueArn, attributes };
  checkSubscription(core, topic, toSubscription(description));
  await core.commit([{ type: 'subscription', subscription: description }]);
  return arn;
}

/** Ends a subscription, if there is one of that ARN. */
export async function unsubscribe(core: BusCore, arn: string): Promise<void> {
  await core.commit(core.state.subscriptions.has(arn) ? [{ type: 'subscription-deleted', arn }] : []);
}

/** What is known of a subscription, or undefined when there is none of that ARN. */
export function describeSubscription(core: BusCore, arn: string): SubscriptionInfo | undefined {
  const topic = core.state.subscriptions.get(arn);
  const subscription = topic?.subscriptions.get(arn);
  if (topic === undefined || subscription === undefined) return undefined;
  const { queueArn, attributes } = subscription.description;
  return { arn, topicArn: formatArn('sns', core.identity, topic.description.name), queueArn, attributes };
}

/** ARNs of all subscriptions, or of one topic's. */
export function listSubscriptions(core: BusCore, request: ListRequest & { readonly topicName?: string }): Page<string> {
  const { topicName, after = '', limit } = request;
  const arns = topicName === undefined ? core.state.subscriptions : core.requireTopic(topicName).subscriptions;
  return pageOf(arns.keys(), { after, limit, filter: () => true });
}

/** Changes one attribute of a subscription. */
export async function setSubscriptionAttribute(core: BusCore, arn: string, name: string, value: string): Promise<void> {
  const { description } = requireSubscription(core, arn);
  const attributes = { ...description.attributes, [name]: value };
  checkAttributes(attributes);
  const changed = { ...description, attributes };
  checkSubscription(core, core.state.subscriptions.get(arn)!, toSubscription(changed));
  await core.commit([{ type: 'subscription', subscription: changed }]);
}

/** Throws unless a subscription's filter policy is small enough, and its dead-letter queue is there and of its topic's kind. */
function checkSubscription(core: BusCore, topic: Topic, { filter, deadLetterTargetArn }: Subscription): void {
  // spec: SNS developer guide, "Filter policy constraints".
  if (filter !== undefined && filter.keys > MAX_FILTER_KEYS)
    throw invalidPolicy(`the filter policy has ${filter.keys} keys; at most ${MAX_FILTER_KEYS} are allowed`);
  if (deadLetterTargetArn === undefined) return;
  const name = nameOfArn('sqs', core.identity, deadLetterTargetArn);
  const queue = name === undefined ? undefined : core.state.queuesByName.get(name);
  if (queue !== undefined && queue.description.fifo === topic.description.fifo) return;
  throw busError(
    'value',
    `Invalid parameter: RedrivePolicy: deadLetterTargetArn ${JSON.stringify(deadLetterTargetArn.slice(0, 300))} must be a queue that is there, and FIFO as the topic is or is not`,
  );
}

function requireSubscription(core: BusCore, arn: string): Subscription {
  const subscription = core.state.subscriptions.get(arn)?.subscriptions.get(arn);
  if (subscription === undefined) throw busError('subscription-missing', 'Subscription does not exist');
  return subscription;
}

function checkAttributes(attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (!SETTABLE.has(name))
      throw busError('value', `Invalid parameter: AttributeName: ${JSON.stringify(name.slice(0, 200))}`);
    if (name === 'RawMessageDelivery' && !/^(true|false)$/i.test(value)) {
      throw busError(
        'value',
        `Invalid parameter: RawMessageDelivery is ${JSON.stringify(value.slice(0, 200))}; expected true or false`,
      );
    }
  }
}
