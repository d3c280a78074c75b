import { formatArn } from '../arn.ts';
import type { BusCore } from '../bus-core.ts';
import { busError } from '../bus-error.ts';
import type { Topic } from '../topic.ts';
import { type ListRequest, type Page, pageOf } from './queues.ts';
import { checkTags, type Tags } from './tags.ts';

/** Attributes in AWS's spelling. */
export type Attributes = Readonly<Record<string, string>>;

/** A topic as its owner sees it. */
export interface TopicInfo {
  readonly name: string;
  readonly arn: string;
  readonly fifo: boolean;
  readonly attributes: Attributes;
  readonly tags: Tags;
  readonly subscriptions: number;
}

/** A topic to be made. */
export interface TopicRequest {
  readonly name: string;
  readonly attributes?: Attributes;
  readonly tags?: Tags;
}

const NAME = /^[\w-]{1,256}$/;
/** What may be set of a topic; all but content-based deduplication is kept and shown without effect. */
const SETTABLE = new Set([
  'ArchivePolicy',
  'ContentBasedDeduplication',
  'DeliveryPolicy',
  'DisplayName',
  'FifoThroughputScope',
  'KmsMasterKeyId',
  'Policy',
  'SignatureVersion',
  'TracingConfig',
]);

/** Makes a topic, or finds it if it is there; returns its ARN. */
export async function createTopic(core: BusCore, request: TopicRequest): Promise<string> {
  const { name, tags = {} } = request;
  const { FifoTopic: fifoAttribute = 'false', ...attributes } = request.attributes ?? {};
  const fifo = name.endsWith('.fifo');
  const base = fifo ? name.slice(0, -'.fifo'.length) : name;
  if (!NAME.test(base) || name.length > 256 || fifo !== (fifoAttribute === 'true')) {
    throw busError(
      'value',
      `Invalid parameter: Topic Name: ${JSON.stringify(name.slice(0, 300))}. It can only include alphanumeric characters, hyphens, or underscores, 1 to 256 in length, and ends in .fifo when FifoTopic is true, and only then.`,
    );
  }
  checkAttributes(attributes, fifo);
  checkTags(tags);
  const existing = core.state.topicsByName.get(name);
  if (existing === undefined) {
    const topic = { id: core.state.takeNumber(), name, fifo, attributes, tags };
    await core.commit([{ type: 'topic', topic }]);
  } else {
    const current = existing.description.attributes;
    if (Object.entries(attributes).some(([key, value]) => current[key] !== value)) {
      throw busError(
        'topic-exists',
        'Invalid parameter: Attributes Reason: Topic already exists with different attributes',
      );
    }
    await core.commit([]);
  }
  return formatArn('sns', core.identity, name);
}

/** Deletes a topic and its subscriptions, if there is one. */
export async function deleteTopic(core: BusCore, name: string): Promise<void> {
  const topic = core.state.topicsByName.get(name);
  await core.commit(topic === undefined ? [] : [{ type: 'topic-deleted', topic: topic.id }]);
}

/** What is known of a topic, or undefined when there is none of that name. */
export function describeTopic(core: BusCore, name: string): TopicInfo | undefined {
  const topic = core.state.topicsByName.get(name);
  if (topic === undefined) return undefined;
  const { fifo, attributes, tags } = topic.description;
  return {
    name,
    arn: formatArn('sns', core.identity, name),
    fifo,
    attributes,
    tags,
    subscriptions: topic.subscriptions.size,
  };
}

/** Names of topics after `after`. */
export function listTopics(core: BusCore, { after = '', limit }: ListRequest): Page<string> {
  return pageOf(core.state.topicsByName.keys(), { after, limit, filter: () => true });
}

/** Changes one attribute of a topic. */
export async function setTopicAttribute(core: BusCore, name: string, attribute: string, value: string): Promise<void> {
  const { description } = core.requireTopic(name);
  const attributes = { ...description.attributes, [attribute]: value };
  checkAttributes(attributes, description.fifo);
  await core.commit([{ type: 'topic', topic: { ...description, attributes } }]);
}

/** Replaces the tags of a topic by what `change` makes of them. */
export async function setTopicTags(core: BusCore, name: string, change: (tags: Tags) => Tags): Promise<void> {
  const { description } = core.requireTopic(name);
  const tags = change(description.tags);
  checkTags(tags);
  await core.commit([{ type: 'topic', topic: { ...description, tags } }]);
}

/** Whether the topic takes the body's hash when a publisher gives no deduplication id. */
export function isContentBased(topic: Topic): boolean {
  return topic.description.attributes.ContentBasedDeduplication === 'true';
}

function checkAttributes(attributes: Attributes, fifo: boolean): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (!SETTABLE.has(name))
      throw busError('value', `Invalid parameter: AttributeName: ${JSON.stringify(name.slice(0, 200))}`);
    if (name === 'ContentBasedDeduplication' && (!fifo || (value !== 'true' && value !== 'false'))) {
      throw busError(
        'value',
        'Invalid parameter: ContentBasedDeduplication is true or false, and for FIFO topics alone',
      );
    }
  }
}
