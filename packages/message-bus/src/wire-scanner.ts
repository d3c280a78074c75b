const DIGIT_0 = 0x30;
const DIGIT_9 = 0x39;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const NULL = 'null'.length;
const LETTER_N = 0x6e;

/**
 * Reads the flat arrays that a journal has millions of, several times as fast as JSON.parse. Reads no more than our own writer writes:
 * whole numbers, null, and ASCII strings without escapes; at anything else {@link failed} is set, and the line is for JSON.parse.
 */
export class WireScanner {
  readonly #buffer: Buffer;
  #at: number;
  failed: boolean;

  /** Starts after `prefix`, an open bracket and a string; the line begins with it as far as the caller has looked. */
  constructor(buffer: Buffer, start: number, prefix: string) {
    this.#buffer = buffer;
    this.#at = start + prefix.length;
    this.failed = buffer[this.#at - 1] !== COMMA || buffer[this.#at - 2] !== QUOTE;
  }

  /** The next value, a whole number or null, and the comma or bracket after it. */
  number(): number | undefined {
    const buffer = this.#buffer;
    if (buffer[this.#at] === LETTER_N) {
      this.#at += NULL + 1;
      return undefined;
    }
    let value = 0;
    const start = this.#at;
    let digit = buffer[this.#at]!;
    for (; digit >= DIGIT_0 && digit <= DIGIT_9; digit = buffer[++this.#at]!) value = value * 10 + digit - DIGIT_0;
    if (this.#at === start || value > Number.MAX_SAFE_INTEGER) this.failed = true;
    this.#at++;
    return value;
  }

  requiredNumber(): number {
    const value = this.number();
    if (value === undefined) this.failed = true;
    return value ?? 0;
  }

  /** The next value, a string or null, and the comma after it. */
  text(): string | undefined {
    const buffer = this.#buffer;
    if (buffer[this.#at] === LETTER_N) {
      this.#at += NULL + 1;
      return undefined;
    }
    const start = this.#at + 1;
    let end = start;
    for (let byte = buffer[end]!; byte !== QUOTE; byte = buffer[++end]!) {
      if (byte === BACKSLASH || !(byte < 0x80)) {
        this.failed = true;
        return undefined;
      }
    }
    if (buffer[this.#at] !== QUOTE || buffer[end + 1] !== COMMA) this.failed = true;
    this.#at = end + 2;
    return buffer.toString('latin1', start, end);
  }

  requiredText(): string {
    const value = this.text();
    if (value === undefined) this.failed = true;
    return value ?? '';
  }

  /** Whether all was read as expected, up to `end`, where the line ends. */
  endsAt(end: number): boolean {
    return !this.failed && this.#at === end;
  }
}
