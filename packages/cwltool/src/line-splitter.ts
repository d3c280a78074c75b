/** Splits a byte stream into lines of UTF-8 text; a line over `maxBytes` is dropped whole. */
export class LineSplitter {
  readonly #maxBytes: number;
  readonly #onLine: (line: string) => void;
  #parts: Buffer[] = [];
  #bytes = 0;
  #dropping = false;
  #dropped = 0;

  constructor(maxBytes: number, onLine: (line: string) => void) {
    this.#maxBytes = maxBytes;
    this.#onLine = onLine;
  }

  /** How many lines were too long. */
  get dropped(): number {
    return this.#dropped;
  }

  /** Takes the next bytes; calls back for each line that they complete. */
  push(chunk: Buffer): void {
    let start = 0;
    for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, start)) {
      this.#keep(chunk.subarray(start, end));
      this.#complete();
      start = end + 1;
    }
    this.#keep(chunk.subarray(start));
  }

  #keep(part: Buffer): void {
    if (this.#dropping || part.length === 0) return;
    this.#parts.push(part);
    this.#bytes += part.length;
    if (this.#bytes > this.#maxBytes) {
      this.#parts = [];
      this.#dropping = true;
    }
  }

  #complete(): void {
    const line = this.#dropping ? undefined : Buffer.concat(this.#parts).toString('utf8');
    if (line === undefined) this.#dropped += 1;
    this.#parts = [];
    this.#bytes = 0;
    this.#dropping = false;
    if (line !== undefined && line.trim() !== '') this.#onLine(line);
  }
}
