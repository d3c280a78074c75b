/** Shares out the memory of what is sent at once. First come, first served. */
export class MemoryBudget {
  readonly #totalBytes: number;
  readonly #waiting: { readonly bytes: number; readonly start: () => void }[] = [];
  #freeBytes: number;

  constructor(totalBytes: number) {
    this.#totalBytes = totalBytes;
    this.#freeBytes = totalBytes;
  }

  /** Runs `use` once `bytes` are free, which it has until it settles. What is more than all there is waits for all of it. */
  async spend<T>(bytes: number, use: () => Promise<T>): Promise<T> {
    const taken = Math.min(bytes, this.#totalBytes);
    await new Promise<void>((start) => {
      this.#waiting.push({ bytes: taken, start });
      this.#serve();
    });
    try {
      return await use();
    } finally {
      this.#freeBytes += taken;
      this.#serve();
    }
  }

  #serve(): void {
    for (let next = this.#waiting[0]; next !== undefined && next.bytes <= this.#freeBytes; next = this.#waiting[0]) {
      this.#waiting.shift();
      this.#freeBytes -= next.bytes;
      next.start();
    }
  }
}
