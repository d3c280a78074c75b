import type { ContentPlace, MessageState } from './message.ts';

/** A message of the backlog: it was never received and has no delay. */
export interface BacklogMessage {
  readonly state: MessageState;
  readonly content: ContentPlace;
}

const ROWS = 4096;

/** Some messages in columns, by rising sequence. A content of 0 bytes marks a row that is gone. */
class Chunk {
  rows = 0;
  /** Rows that are not gone. */
  live = 0;
  /** No row before it is live. */
  head = 0;
  readonly sequences = new Float64Array(ROWS);
  readonly sentAt = new Float64Array(ROWS);
  readonly segments = new Uint32Array(ROWS);
  readonly offsets = new Uint32Array(ROWS);
  readonly bytes = new Uint32Array(ROWS);
  readonly groupIds: (string | undefined)[] = [];

  get lastSequence(): number {
    return this.sequences[this.rows - 1]!;
  }
}

/** Messages by rising sequence. Adding and taking from the start cost nothing, any other access the logarithm of the size. */
export class BacklogRun {
  #chunks: Chunk[] = [];
  /** How many there are. */
  size = 0;
  /** What the contents take in the journal. */
  contentBytes = 0;

  /** Whether a message comes after all that are here. */
  isAfter(sequence: number): boolean {
    const last = this.#chunks.at(-1);
    return last === undefined || sequence > last.lastSequence;
  }

  /** Appends a message for which {@link isAfter} holds. */
  append({ sequence, sentAt, groupId }: MessageState, { segment, offset, bytes }: ContentPlace): void {
    let chunk = this.#chunks.at(-1);
    if (chunk === undefined || chunk.rows === ROWS) {
      chunk = new Chunk();
      this.#chunks.push(chunk);
    }
    const row = chunk.rows++;
    chunk.live++;
    chunk.sequences[row] = sequence;
    chunk.sentAt[row] = sentAt;
    chunk.segments[row] = segment;
    chunk.offsets[row] = offset;
    chunk.bytes[row] = bytes;
    chunk.groupIds.push(groupId);
    this.size++;
    this.contentBytes += bytes;
  }

  /** The oldest message. */
  first(): BacklogMessage | undefined {
    const chunk = this.#chunks[0];
    if (chunk === undefined) return undefined;
    while (chunk.bytes[chunk.head] === 0) chunk.head++;
    return messageAt(chunk, chunk.head);
  }

  get(sequence: number): BacklogMessage | undefined {
    const found = this.#find(sequence);
    return found && messageAt(...found);
  }

  /** Notes where a content is now. */
  move(sequence: number, { segment, offset, bytes }: ContentPlace): void {
    const found = this.#find(sequence);
    if (found === undefined) return;
    const [chunk, row] = found;
    this.contentBytes += bytes - chunk.bytes[row]!;
    chunk.segments[row] = segment;
    chunk.offsets[row] = offset;
    chunk.bytes[row] = bytes;
  }

  /** Takes a message out; whether it was here. */
  delete(sequence: number): boolean {
    const found = this.#find(sequence);
    if (found === undefined) return false;
    const [chunk, row] = found;
    this.size--;
    this.contentBytes -= chunk.bytes[row]!;
    chunk.bytes[row] = 0;
    chunk.groupIds[row] = undefined;
    chunk.live--;
    if (chunk.live === 0) this.#chunks = this.#chunks.filter((other) => other !== chunk);
    return true;
  }

  /** The sequences, rising. */
  *sequences(): Iterable<number> {
    for (const chunk of this.#chunks)
      for (let row = chunk.head; row < chunk.rows; row++) if (chunk.bytes[row] !== 0) yield chunk.sequences[row]!;
  }

  #find(sequence: number): readonly [Chunk, number] | undefined {
    const at = lowerBound(this.#chunks.length, (index) => this.#chunks[index]!.lastSequence >= sequence);
    const chunk = this.#chunks[at];
    if (chunk === undefined) return undefined;
    const row = lowerBound(chunk.rows, (index) => chunk.sequences[index]! >= sequence);
    return chunk.sequences[row] === sequence && chunk.bytes[row] !== 0 ? [chunk, row] : undefined;
  }
}

function messageAt(chunk: Chunk, row: number): BacklogMessage {
  const sentAt = chunk.sentAt[row]!;
  const groupId = chunk.groupIds[row];
  return {
    state: { sequence: chunk.sequences[row]!, groupId, sentAt, visibleAt: sentAt, receiveCount: 0 },
    content: { segment: chunk.segments[row]!, offset: chunk.offsets[row]!, bytes: chunk.bytes[row]! },
  };
}

/** The first of `length` indices for which `reached` holds, which then holds for all after it. */
function lowerBound(length: number, reached: (index: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (reached(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
