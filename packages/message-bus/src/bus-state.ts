import type { JournalEvent } from './journal-event.ts';
import type { ContentPlace, Message } from './message.ts';
import { Queue } from './queue.ts';
import { Topic } from './topic.ts';

/** What an event says of a message besides its content, roughly. */
const STATE_BYTES = 200;

/** All that the journal says, in memory. The effect of each event stands in JOURNAL.md. */
export class BusState {
  readonly queues: Map<number, Queue> = new Map();
  readonly queuesByName: Map<string, Queue> = new Map();
  readonly topics: Map<number, Topic> = new Map();
  readonly topicsByName: Map<string, Topic> = new Map();
  /** The topic of each subscription. */
  readonly subscriptions: Map<string, Topic> = new Map();
  readonly #readyMessages: number | undefined;
  #next = 1;
  #delivering = false;

  /** `readyMessages`: see {@link MessageBusOptions}. */
  constructor(readyMessages?: number) {
    this.#readyMessages = readyMessages;
  }

  /** The number that {@link takeNumber} will give. */
  get next(): number {
    return this.#next;
  }

  /** A number that was never given: for sequence numbers and ids alike. */
  takeNumber(): number {
    return this.#next++;
  }

  /** Ends replay: from now on queues deliver. */
  startDelivery(now: number): void {
    this.#delivering = true;
    this.expire(now);
    for (const queue of this.queues.values()) queue.startDelivery(now);
  }

  /** Returns the message that a `message` event stored, with its content at `content`; it waits for its commit. None at replay. */
  apply(event: JournalEvent, now: number, content?: ContentPlace): Message | undefined {
    switch (event.type) {
      case 'counter':
        this.#raiseTo(event.next);
        return;
      case 'queue':
        return this.#putQueue(event.queue, now);
      case 'queue-deleted':
        return this.#deleteQueue(event.queue);
      case 'queue-purged':
        this.queues.get(event.queue)?.purge(event.through, now);
        return;
      case 'message':
        this.#raiseTo(event.message.sequence + 1);
        return this.queues.get(event.queue)?.store(event.message, content!);
      case 'received':
        this.queues.get(event.queue)?.markReceived(event.sequences, event.at, event.visibleAt);
        return;
      case 'visibility':
        this.queues.get(event.queue)?.setVisibility(event.sequences, event.visibleAt, now, event.unread === true);
        return;
      case 'deleted':
        this.queues.get(event.queue)?.erase(event.sequences, now);
        return;
      case 'deduplicated': {
        const scope = this.queues.get(event.scope) ?? this.topics.get(event.scope);
        if (event.until > now) scope?.deduplication.set(event.key, event.first, event.until);
        return;
      }
      case 'topic':
        return this.#putTopic(event.topic);
      case 'topic-deleted':
        return this.#deleteTopic(event.topic);
      case 'subscription': {
        const topic = this.topics.get(event.subscription.topic);
        topic?.putSubscription(event.subscription);
        if (topic !== undefined) this.subscriptions.set(event.subscription.arn, topic);
        return;
      }
      case 'subscription-deleted':
        this.subscriptions.get(event.arn)?.subscriptions.delete(event.arn);
        this.subscriptions.delete(event.arn);
        return;
    }
  }

  /** Notes that the content of a `message` event, if the message is still there, has been written anew. */
  moveContent(event: JournalEvent, content: ContentPlace | undefined): void {
    if (event.type !== 'message' || content === undefined) return;
    this.queues.get(event.queue)?.messages.moveContent(event.message.sequence, content);
  }

  /** Forgets what time has ended. */
  expire(now: number): void {
    for (const queue of this.queues.values()) queue.expire(now);
    for (const topic of this.topics.values()) topic.deduplication.expire(now);
  }

  /** What the messages of all queues take in the journal, roughly. */
  get messageBytes(): number {
    let bytes = 0;
    for (const { messages } of this.queues.values())
      bytes += messages.contentBytes + (messages.objects + messages.backlog) * STATE_BYTES;
    return bytes;
  }

  #raiseTo(next: number): void {
    this.#next = Math.max(this.#next, next);
  }

  #putQueue(description: Queue['description'], now: number): undefined {
    this.#raiseTo(description.id + 1);
    const existing = this.queues.get(description.id);
    if (existing !== undefined) {
      existing.description = description;
      return;
    }
    const queue = new Queue(description, this.#readyMessages);
    if (this.#delivering) queue.startDelivery(now);
    this.queues.set(queue.id, queue);
    this.queuesByName.set(description.name, queue);
  }

  #deleteQueue(id: number): undefined {
    const queue = this.queues.get(id);
    if (queue === undefined) return;
    this.queues.delete(id);
    this.queuesByName.delete(queue.description.name);
  }

  #putTopic(description: Topic['description']): undefined {
    this.#raiseTo(description.id + 1);
    const existing = this.topics.get(description.id);
    if (existing !== undefined) {
      existing.description = description;
      return;
    }
    const topic = new Topic(description);
    this.topics.set(topic.id, topic);
    this.topicsByName.set(description.name, topic);
  }

  #deleteTopic(id: number): undefined {
    const topic = this.topics.get(id);
    if (topic === undefined) return;
    for (const arn of topic.subscriptions.keys()) this.subscriptions.delete(arn);
    this.topics.delete(id);
    this.topicsByName.delete(topic.description.name);
  }
}
