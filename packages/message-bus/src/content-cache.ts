import type { MessageContent } from './message.ts';

/** What an entry takes besides its body, roughly. */
const ENTRY_BYTES = 300;

/** The contents of young messages, so that what is received soon is not read back from the journal. */
export class ContentCache {
  readonly #contents = new Map<number, MessageContent>();
  readonly #maxBytes: number;
  #bytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  get(sequence: number): MessageContent | undefined {
    return this.#contents.get(sequence);
  }

  set(sequence: number, content: MessageContent): void {
    this.#contents.set(sequence, content);
    this.#bytes += bytesOf(content);
    if (this.#bytes > this.#maxBytes) this.#shrink();
  }

  delete(sequence: number): void {
    const content = this.#contents.get(sequence);
    if (content === undefined) return;
    this.#contents.delete(sequence);
    this.#bytes -= bytesOf(content);
  }

  /** Drops the oldest half at once: walking over the start of a map is cheap per entry only when many are dropped. */
  #shrink(): void {
    for (const sequence of this.#contents.keys()) {
      if (this.#bytes <= this.#maxBytes / 2) return;
      this.delete(sequence);
    }
  }
}

function bytesOf({ body }: MessageContent): number {
  return body.length + ENTRY_BYTES;
}
