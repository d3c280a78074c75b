import { Backlog } from './backlog.ts';
import type { BacklogMessage } from './backlog-run.ts';
import type { ContentPlace, Message, MessageState } from './message.ts';

/**
 * The messages of a queue by sequence number. Those that may be received next, and those that were touched, are objects; when there are
 * many, the younger rest is a {@link Backlog}. A message is in one of the two.
 */
export class QueueMessages {
  readonly #objects = new Map<number, Message>();
  readonly #backlog = new Backlog();

  /** How many are objects. */
  get objects(): number {
    return this.#objects.size;
  }

  get backlog(): number {
    return this.#backlog.size;
  }

  /** What contents take in the journal. */
  get contentBytes(): number {
    let bytes = this.#backlog.contentBytes;
    for (const { content } of this.#objects.values()) bytes += content.bytes;
    return bytes;
  }

  /** A message that is an object. */
  get(sequence: number): Message | undefined {
    return this.#objects.get(sequence);
  }

  /** What a message is, wherever it is. */
  peek(sequence: number): BacklogMessage | undefined {
    const message = this.#objects.get(sequence);
    return message === undefined ? this.#backlog.get(sequence) : { state: message, content: message.content };
  }

  isInBacklog(sequence: number): boolean {
    return this.#backlog.get(sequence) !== undefined;
  }

  /** Adds a message as an object, or replaces it. */
  set(state: MessageState, content: ContentPlace): Message {
    this.#backlog.delete(state.sequence);
    const { sequence, groupId, sentAt, visibleAt, receiveCount, firstReceivedAt, lastReceivedAt } = state;
    const message: Message = {
      sequence,
      groupId,
      sentAt,
      visibleAt,
      receiveCount,
      firstReceivedAt,
      lastReceivedAt,
      content,
      place: 'uncommitted',
      heapSlot: -1,
      next: undefined,
    };
    this.#objects.set(sequence, message);
    return message;
  }

  /** Moves a message to the backlog, or adds it there; false when it belongs among the objects. */
  toBacklog(state: MessageState, content: ContentPlace): boolean {
    const { sequence, receiveCount, visibleAt, sentAt } = state;
    if (receiveCount > 0 || visibleAt !== sentAt || !this.#backlog.add(state, content)) return false;
    this.#objects.delete(sequence);
    return true;
  }

  /** Whether a message is younger than all of the backlog. */
  isYoungest(sequence: number): boolean {
    return this.#backlog.isAfter(sequence);
  }

  /** Makes an object of a message of the backlog. */
  bringForward(sequence: number): Message | undefined {
    const found = this.#backlog.get(sequence);
    return found && this.set(found.state, found.content);
  }

  /** Makes an object of the oldest message of the backlog, if its sequence is not above `through`. */
  bringOldestForward(through: number = Infinity): Message | undefined {
    const oldest = this.#backlog.first();
    return oldest === undefined || oldest.state.sequence > through ? undefined : this.set(oldest.state, oldest.content);
  }

  moveContent(sequence: number, content: ContentPlace): void {
    const message = this.#objects.get(sequence);
    if (message === undefined) this.#backlog.move(sequence, content);
    else message.content = content;
  }

  delete(sequence: number): void {
    if (!this.#objects.delete(sequence)) this.#backlog.delete(sequence);
  }

  /** The objects in the order of their making. */
  values(): Iterable<Message> {
    return this.#objects.values();
  }

  oldestOfBacklog(): MessageState | undefined {
    return this.#backlog.first()?.state;
  }

  /** The sequences of all, rising. */
  sequences(): Float64Array {
    const all = new Float64Array(this.#objects.size + this.#backlog.size);
    let at = 0;
    for (const sequence of this.#objects.keys()) all[at++] = sequence;
    for (const sequence of this.#backlog.sequences()) all[at++] = sequence;
    return all.sort();
  }
}
