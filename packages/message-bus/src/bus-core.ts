import type { AwsIdentity } from './arn.ts';
import { busError } from './bus-error.ts';
import type { BusState } from './bus-state.ts';
import { snapshotEvents } from './compaction.ts';
import { ContentCache } from './content-cache.ts';
import { FifoList } from './fifo-list.ts';
import type { Journal } from './journal.ts';
import type { JournalEvent } from './journal-event.ts';
import type { Message, MessageContent } from './message.ts';
import type { Queue } from './queue.ts';
import type { Topic } from './topic.ts';

const CACHED_CONTENT_BYTES = 16 * 1024 * 1024;

/** What every operation of the bus works on: the state, and the one way to change it. */
export class BusCore {
  readonly state: BusState;
  readonly identity: AwsIdentity;
  readonly now: () => number;
  /** Called when messages of a queue may have become receivable, or when the queue is gone. */
  onChange: (queue: Queue) => void = () => {};
  readonly #journal: Journal;
  readonly #onError: (error: unknown) => void;
  readonly #uncommitted = new FifoList<{ readonly order: number; readonly queue: Queue; readonly message: Message }>();
  readonly #contents = new ContentCache(CACHED_CONTENT_BYTES);
  #order = 0;
  #compaction: Promise<void> | undefined;

  constructor(parts: {
    readonly state: BusState;
    readonly journal: Journal;
    readonly identity: AwsIdentity;
    readonly now: () => number;
    readonly onError: (error: unknown) => void;
  }) {
    this.state = parts.state;
    this.identity = parts.identity;
    this.now = parts.now;
    this.#journal = parts.journal;
    this.#onError = parts.onError;
  }

  requireQueue(name: string): Queue {
    const queue = this.state.queuesByName.get(name);
    if (queue === undefined) throw busError('queue-missing', `The queue ${JSON.stringify(name)} does not exist.`);
    return queue;
  }

  requireTopic(name: string): Topic {
    const topic = this.state.topicsByName.get(name);
    if (topic === undefined) throw busError('topic-missing', `The topic ${JSON.stringify(name)} does not exist.`);
    return topic;
  }

  /** Changes the state at once; the events ride on the next sync. They are one record. */
  record(events: readonly JournalEvent[]): void {
    if (events.length === 0) return;
    this.#order++;
    const now = this.now();
    this.#journal.append(events, (event, place) => {
      const message = this.state.apply(event, now, place);
      if (event.type === 'deleted') for (const sequence of event.sequences) this.#contents.delete(sequence);
      if (message === undefined || event.type !== 'message') return;
      if (event.content !== undefined && !(event.content instanceof Uint8Array))
        this.#contents.set(message.sequence, event.content);
      this.#uncommitted.push({ order: this.#order, queue: this.state.queues.get(event.queue)!, message });
    });
    if (this.#journal.grown && this.#compaction === undefined) this.#startCompaction();
  }

  /** Changes the state at once and resolves when the events are on disk and their messages receivable. */
  async commit(events: readonly JournalEvent[]): Promise<void> {
    this.record(events);
    const order = this.#order;
    await this.#journal.sync();
    this.#release(order);
  }

  /** As {@link commit}, for a change that no caller waits for. */
  commitInBackground(events: readonly JournalEvent[]): void {
    this.commit(events).catch(this.#onError);
  }

  /** What a message says; read from the journal unless it is young. */
  contentOf(message: Message): MessageContent {
    return this.#contents.get(message.sequence) ?? this.#journal.parseContent(message.content);
  }

  async close(): Promise<void> {
    await this.#compaction;
    await this.#journal.close();
  }

  #release(order: number): void {
    const now = this.now();
    const changed = new Set<Queue>();
    for (
      let next = this.#uncommitted.peek();
      next !== undefined && next.order <= order;
      next = this.#uncommitted.peek()
    ) {
      this.#uncommitted.shift();
      next.queue.release(next.message, now);
      changed.add(next.queue);
    }
    for (const queue of changed) this.onChange(queue);
  }

  #startCompaction(): void {
    this.#compaction = this.#journal
      .compact(
        snapshotEvents(this.state, this.now(), (content) => this.#journal.readContent(content)),
        (event, content) => this.state.moveContent(event, content),
      )
      .catch(this.#onError)
      .finally(() => {
        this.#compaction = undefined;
      });
  }
}
