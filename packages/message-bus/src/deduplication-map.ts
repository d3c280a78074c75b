import type { DeduplicatedMessage } from './journal-event.ts';

const ENTRIES = 4096;
const ID_BYTES = 16;

/** Some entries in the order of their setting. */
class Chunk {
  readonly until = new Float64Array(ENTRIES);
  readonly sequences = new Float64Array(ENTRIES);
  /** Message ids are UUIDs. */
  readonly ids = Buffer.alloc(ENTRIES * ID_BYTES);
}

/**
 * What the first message with each deduplication key was answered, for five minutes. In columns, since there is no cap: at ten thousand
 * messages a second there are three million. Cheap as long as times are set in roughly rising order.
 */
export class DeduplicationMap {
  /** The number of each key's entry, counted from the first ever, in the order of their setting. */
  readonly #numbers = new Map<string, number>();
  readonly #chunks = new Map<number, Chunk>();
  #next = 0;
  #firstChunk = 0;

  get(key: string, now: number): DeduplicatedMessage | undefined {
    const number = this.#numbers.get(key);
    return number !== undefined && this.#until(number) > now ? this.#first(number) : undefined;
  }

  set(key: string, { messageId, sequence }: DeduplicatedMessage, until: number): void {
    const number = this.#next++;
    const at = number % ENTRIES;
    const index = (number - at) / ENTRIES;
    if (at === 0) this.#chunks.set(index, new Chunk());
    const chunk = this.#chunks.get(index)!;
    chunk.until[at] = until;
    chunk.sequences[at] = sequence;
    chunk.ids.write(messageId.replaceAll('-', ''), at * ID_BYTES, 'hex');
    const before = this.#numbers.size;
    this.#numbers.set(key, number);
    if (this.#numbers.size > before) return;
    // Set again: it goes to the end.
    this.#numbers.delete(key);
    this.#numbers.set(key, number);
  }

  /** Drops what has ended by `now`. To be called now and then, not for each entry: it walks over what was dropped before. */
  expire(now: number): void {
    let kept = this.#next;
    for (const [key, number] of this.#numbers) {
      if (this.#until(number) > now) {
        kept = number;
        break;
      }
      this.#numbers.delete(key);
    }
    for (; (this.#firstChunk + 1) * ENTRIES <= kept; this.#firstChunk++) this.#chunks.delete(this.#firstChunk);
  }

  /** Entries in the order of their setting; the map may change meanwhile. */
  *entries(): Iterable<{ readonly key: string; readonly value: DeduplicatedMessage; readonly until: number }> {
    for (const [key, number] of this.#numbers) yield { key, value: this.#first(number), until: this.#until(number) };
  }

  #until(number: number): number {
    return this.#chunkOf(number).until[number % ENTRIES]!;
  }

  #first(number: number): DeduplicatedMessage {
    const { sequences, ids } = this.#chunkOf(number);
    const at = number % ENTRIES;
    const hex = ids.toString('hex', at * ID_BYTES, (at + 1) * ID_BYTES);
    const messageId = hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
    return { messageId, sequence: sequences[at]! };
  }

  #chunkOf(number: number): Chunk {
    return this.#chunks.get(Math.floor(number / ENTRIES))!;
  }
}
