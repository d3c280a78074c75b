import type { Message } from '../message.ts';

/**
 * The messages of one group that wait, by sequence. A list of links in the messages themselves, since most groups of a deep queue have
 * few: what is added at the end or taken from the start costs nothing, what is put back a step for each that waits before it.
 */
export class MessageGroup {
  readonly id: string;
  inFlight = 0;
  heapSlot = -1;
  #first: Message | undefined;
  #last: Message | undefined;
  #size = 0;

  constructor(id: string) {
    this.id = id;
  }

  get first(): Message | undefined {
    return this.#first;
  }

  /** Messages that wait. */
  get size(): number {
    return this.#size;
  }

  add(message: Message): void {
    const isNewest = this.#last === undefined || this.#last.sequence < message.sequence;
    this.#link(isNewest ? this.#last : this.#before((other) => other.sequence > message.sequence), message);
    this.#size++;
  }

  /** Takes out a message that waits here. */
  remove(message: Message): void {
    const previous = this.#before((other) => other === message);
    if (previous === undefined) this.#first = message.next;
    else previous.next = message.next;
    if (this.#last === message) this.#last = previous;
    message.next = undefined;
    this.#size--;
  }

  #link(previous: Message | undefined, message: Message): void {
    message.next = previous === undefined ? this.#first : previous.next;
    if (previous === undefined) this.#first = message;
    else previous.next = message;
    if (this.#last === previous) this.#last = message;
  }

  /** The message before the first one for which `found` holds. */
  #before(found: (message: Message) => boolean): Message | undefined {
    let previous: Message | undefined;
    for (let at = this.#first; at !== undefined && !found(at); at = at.next) previous = at;
    return previous;
  }
}
