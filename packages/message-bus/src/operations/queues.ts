import { formatArn, nameOfArn } from '../arn.ts';
import type { BusCore } from '../bus-core.ts';
import { busError } from '../bus-error.ts';
import type { DeliveryCounts } from '../delivery/delivery.ts';
import type { QueueDescription } from '../journal-event.ts';
import type { Queue } from '../queue.ts';
import { checkQueueSettings, DEFAULT_QUEUE_SETTINGS, type QueueSettings, sameSettings } from '../queue-settings.ts';
import { allowsRedrive, checkRedriveAllowPolicy } from './redrive-allow-policy.ts';
import { checkTags, type Tags } from './tags.ts';

/** A queue as its owner sees it. Times in milliseconds since 1970. */
export interface QueueInfo extends Omit<QueueDescription, 'id'> {
  readonly arn: string;
  readonly counts: DeliveryCounts;
}

/** A queue to be made. */
export interface QueueRequest {
  readonly name: string;
  /** Must agree with the name, which ends in `.fifo` for a FIFO queue alone. */
  readonly fifo: boolean;
  readonly settings?: Partial<QueueSettings>;
  readonly tags?: Tags;
}

/** Part of a list in order of names; the next part begins after the last name, if there is more. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly more: boolean;
}

const NAME = /^[\w-]{1,80}$/;
const MAX_NAME_CHARS = 80;

/** Makes a queue, or finds it if it is there with these settings. Returns whether it is new. */
export async function createQueue(core: BusCore, request: QueueRequest): Promise<boolean> {
  const { name, fifo, settings = {}, tags = {} } = request;
  checkName(name, fifo);
  checkTags(tags);
  const existing = core.state.queuesByName.get(name);
  if (existing !== undefined) {
    const current = existing.description.settings;
    if (!sameSettings({ ...current, ...settings }, current)) {
      throw busError('queue-exists', `A queue named ${JSON.stringify(name)} exists with other attributes.`);
    }
    await core.commit([]);
    return false;
  }
  const merged = { ...DEFAULT_QUEUE_SETTINGS, ...settings };
  checkSettings(core, merged, { name, fifo });
  const now = core.now();
  const queue = { id: core.state.takeNumber(), name, fifo, settings: merged, tags, createdAt: now, modifiedAt: now };
  await core.commit([{ type: 'queue', queue }]);
  return true;
}

/** Deletes a queue and its messages. */
export async function deleteQueue(core: BusCore, name: string): Promise<void> {
  const queue = core.requireQueue(name);
  const done = core.commit([{ type: 'queue-deleted', queue: queue.id }]);
  core.onChange(queue);
  await done;
}

/** What is known of a queue, or undefined when there is none of that name. */
export function describeQueue(core: BusCore, name: string): QueueInfo | undefined {
  const queue = core.state.queuesByName.get(name);
  if (queue === undefined) return undefined;
  const { id: _id, ...description } = queue.description;
  return { ...description, arn: formatArn('sqs', core.identity, name), counts: queue.counts(core.now()) };
}

/** Names of queues that start with `prefix` and come after `after`. */
export function listQueues(core: BusCore, { prefix = '', after = '', limit }: ListRequest): Page<string> {
  return pageOf(core.state.queuesByName.keys(), { after, limit, filter: (name) => name.startsWith(prefix) });
}

/** Which part of a list. */
export interface ListRequest {
  readonly prefix?: string;
  readonly after?: string;
  readonly limit: number;
}

/** A page of names in their order. */
export function pageOf(
  names: Iterable<string>,
  { after, limit, filter }: { after: string; limit: number; filter: (name: string) => boolean },
): Page<string> {
  const found = [...names].filter((name) => name > after && filter(name)).sort();
  return { items: found.slice(0, limit), more: found.length > limit };
}

/** Changes the given settings of a queue. */
export async function setQueueSettings(core: BusCore, name: string, changes: Partial<QueueSettings>): Promise<void> {
  const { description } = core.requireQueue(name);
  const passive = { ...description.settings.passive, ...changes.passive };
  const settings = { ...description.settings, ...changes, passive };
  checkSettings(core, settings, description);
  await core.commit([{ type: 'queue', queue: { ...description, settings, modifiedAt: core.now() } }]);
}

/** Replaces the tags of a queue by what `change` makes of them. */
export async function setQueueTags(core: BusCore, name: string, change: (tags: Tags) => Tags): Promise<void> {
  const { description } = core.requireQueue(name);
  const tags = change(description.tags);
  checkTags(tags);
  await core.commit([{ type: 'queue', queue: { ...description, tags } }]);
}

/** Deletes all messages of a queue. */
export async function purgeQueue(core: BusCore, name: string): Promise<void> {
  const queue = core.requireQueue(name);
  await core.commit([{ type: 'queue-purged', queue: queue.id, through: core.state.next - 1 }]);
}

/** Names of the queues whose dead-letter queue this one is. */
export function deadLetterSources(core: BusCore, name: string, { after = '', limit }: ListRequest): Page<string> {
  core.requireQueue(name);
  const arn = formatArn('sqs', core.identity, name);
  const isSource = (queue: Queue): boolean => queue.description.settings.redrivePolicy?.deadLetterTargetArn === arn;
  const sources = [...core.state.queuesByName.values()].filter(isSource).map(({ description }) => description.name);
  return pageOf(sources, { after, limit, filter: () => true });
}

function checkName(name: string, fifo: boolean): void {
  const base = fifo && name.endsWith('.fifo') ? name.slice(0, -'.fifo'.length) : name;
  if (NAME.test(base) && name.length <= MAX_NAME_CHARS && fifo === name.endsWith('.fifo')) return;
  throw busError(
    'value',
    `The queue name ${JSON.stringify(name.slice(0, 200))} is invalid. It can only include alphanumeric characters, hyphens, or underscores, 1 to 80 in length, and ends in .fifo for a FIFO queue alone.`,
  );
}

function checkSettings(core: BusCore, settings: QueueSettings, queue: Pick<QueueDescription, 'name' | 'fifo'>): void {
  const { fifo } = queue;
  checkQueueSettings(settings);
  checkRedriveAllowPolicy(settings);
  if (!fifo && (settings.contentBasedDeduplication || settings.deduplicationScope !== 'queue')) {
    const name = settings.contentBasedDeduplication ? 'ContentBasedDeduplication' : 'DeduplicationScope';
    throw busError('attribute-name', `Unknown Attribute ${name}; it is for FIFO queues alone.`);
  }
  if (settings.redrivePolicy === undefined) return;
  const { deadLetterTargetArn } = settings.redrivePolicy;
  const name = nameOfArn('sqs', core.identity, deadLetterTargetArn);
  const target = name === undefined ? undefined : core.state.queuesByName.get(name);
  if (target === undefined) {
    throw busError(
      'value',
      `Value ${JSON.stringify(deadLetterTargetArn)} for parameter RedrivePolicy is invalid. Reason: Dead letter target does not exist.`,
    );
  }
  if (target.description.fifo !== fifo) {
    throw busError(
      'value',
      'Value for parameter RedrivePolicy is invalid. Reason: Dead-letter queue must be same type of queue as the source.',
    );
  }
  if (!allowsRedrive(target.description.settings, formatArn('sqs', core.identity, queue.name))) {
    throw busError(
      'value',
      `Value ${JSON.stringify(deadLetterTargetArn)} for parameter RedrivePolicy is invalid. Reason: the RedriveAllowPolicy of that queue does not allow it.`,
    );
  }
}
