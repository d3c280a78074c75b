import { randomUUID } from 'node:crypto';
import { formatArn, nameOfArn } from '../arn.ts';
import type { BusCore } from '../bus-core.ts';
import { busError } from '../bus-error.ts';
import { formatSequenceNumber, type OutgoingMessage, type Publication } from '../message.ts';
import type { Queue } from '../queue.ts';
import type { Subscription, Topic } from '../topic.ts';
import { eachOutcome, type Outcome } from './outcome.ts';
import {
  checkContent,
  checkIdentifiers,
  EventDraft,
  MAX_ATTRIBUTES,
  prepareMessage,
  requireDeduplicationId,
} from './prepare-message.ts';
import type { SentMessage } from './send.ts';
import { isContentBased } from './topics.ts';

/** The longest message of a topic, its attributes counted in; also the longest batch. */
export const MAX_PUBLICATION_BYTES = 262_144;
const MAX_SUBJECT_CHARS = 100;

/** Publishes messages; what all their subscriptions get is in one record. */
export async function publish(
  core: BusCore,
  topicName: string,
  publications: readonly Publication[],
): Promise<readonly Outcome<SentMessage>[]> {
  const topic = core.requireTopic(topicName);
  const draft = new EventDraft(core.now(), () => core.state.takeNumber());
  const outcomes = eachOutcome(publications, (publication) => {
    checkPublication(topic, publication);
    return publishOne(core, topic, publication, draft);
  });
  await core.commit(draft.events);
  return outcomes;
}

function publishOne(core: BusCore, topic: Topic, publication: Publication, draft: EventDraft): SentMessage {
  const { fifo } = topic.description;
  const deduplicationId = fifo ? requireDeduplicationId(publication, isContentBased(topic)) : undefined;
  const key = topic.description.attributes.FifoThroughputScope === 'MessageGroup' ? `${publication.groupId}/` : '';
  const twin = deduplicationId === undefined ? undefined : draft.findFirst(topic, key + deduplicationId);
  const first = twin ?? { messageId: randomUUID(), sequence: draft.takeSequence() };
  const sent = { messageId: first.messageId, ...(fifo && { sequenceNumber: formatSequenceNumber(first.sequence) }) };
  if (twin !== undefined) return sent;
  if (deduplicationId !== undefined) draft.rememberFirst(topic, key + deduplicationId, first);

  for (const subscription of topic.subscriptions.values()) {
    if (subscription.filter?.matches(publication) === false) continue;
    const queue = targetOf(core, subscription, publication);
    if (queue === undefined) continue;
    const outgoing = subscription.raw
      ? rawMessage(publication)
      : { body: envelope(core, topic, subscription, publication, sent, draft.now), ...groupOf(publication) };
    const { senderId } = publication;
    prepareMessage(draft, queue, {
      ...(deduplicationId !== undefined && { deduplicationId }),
      ...(senderId !== undefined && { senderId }),
      ...outgoing,
    });
  }
  return sent;
}

/**
 * Where a subscription brings a message: to its queue, or to its dead-letter queue where the queue is gone or cannot take it, or, as on
 * AWS, nowhere when it has none.
 */
function targetOf(core: BusCore, subscription: Subscription, { attributes = {} }: Publication): Queue | undefined {
  const { deadLetterTargetArn, description, raw } = subscription;
  // spec: SNS developer guide, "Message attributes": raw delivery of more than ten fails.
  const undeliverable = raw && Object.keys(attributes).length > MAX_ATTRIBUTES;
  const queue = undeliverable ? undefined : findQueue(core, description.queueArn);
  return queue ?? (deadLetterTargetArn === undefined ? undefined : findQueue(core, deadLetterTargetArn));
}

function findQueue(core: BusCore, arn: string): Queue | undefined {
  const name = nameOfArn('sqs', core.identity, arn);
  return name === undefined ? undefined : core.state.queuesByName.get(name);
}

function rawMessage({ body, attributes, ...publication }: Publication): OutgoingMessage {
  return { body, ...(attributes && { attributes }), ...groupOf(publication) };
}

function groupOf({ groupId }: Pick<Publication, 'groupId'>): { groupId?: string } {
  return groupId === undefined ? {} : { groupId };
}

/** The JSON that a subscription without raw delivery gets. Not signed: `Signature` and its companions are left out. */
function envelope(
  core: BusCore,
  topic: Topic,
  subscription: Subscription,
  publication: Publication,
  sent: SentMessage,
  now: number,
): string {
  const attributes = Object.entries(publication.attributes ?? {}).map(
    ([name, { dataType, stringValue, binaryValue }]) => [name, { Type: dataType, Value: stringValue ?? binaryValue }],
  );
  return JSON.stringify({
    Type: 'Notification',
    MessageId: sent.messageId,
    SequenceNumber: sent.sequenceNumber,
    TopicArn: formatArn('sns', core.identity, topic.description.name),
    Subject: publication.subject,
    Message: publication.body,
    Timestamp: new Date(now).toISOString(),
    SubscriptionArn: subscription.description.arn,
    MessageAttributes: attributes.length === 0 ? undefined : Object.fromEntries(attributes),
  });
}

function checkPublication(topic: Topic, publication: Publication): void {
  checkContent(publication, MAX_PUBLICATION_BYTES);
  checkIdentifiers(publication);
  const { fifo } = topic.description;
  if (fifo && publication.groupId === undefined) {
    throw busError('value', 'Invalid parameter: The MessageGroupId parameter is required for FIFO topics');
  }
  if (!fifo && publication.deduplicationId !== undefined) {
    throw busError('value', 'Invalid parameter: MessageDeduplicationId is for FIFO topics alone');
  }
  const { subject } = publication;
  if (subject !== undefined && (subject === '' || subject.length > MAX_SUBJECT_CHARS)) {
    throw busError(
      'value',
      `Invalid parameter: Subject has ${subject.length} characters; expected 1 to ${MAX_SUBJECT_CHARS}`,
    );
  }
}
