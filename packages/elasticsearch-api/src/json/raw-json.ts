import { randomUUID } from 'node:crypto';
import { parseExactJson } from './exact-json.ts';

/** Stands for raw JSON in a text until it is spliced in; nobody outside can guess it, so no other string is taken for it. */
const MARK = randomUUID();

/** JSON text that stands in an answer as it is, such as a stored source: it is neither parsed nor written again. */
export class RawJson {
  /** The placeholder that `JSON.stringify` writes for each. */
  static readonly placeholder: string = JSON.stringify(MARK);
  static #spliced: RawJson[] = [];

  readonly bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  /** Runs `stringify`, which writes {@link placeholder} for each raw value that it meets, and gives these in their order. */
  static collect(stringify: () => string): { readonly json: string; readonly spliced: readonly RawJson[] } {
    const spliced: RawJson[] = [];
    RawJson.#spliced = spliced;
    return { json: stringify(), spliced };
  }

  toJSON(): string {
    RawJson.#spliced.push(this);
    return MARK;
  }

  text(): string {
    return Buffer.from(this.bytes.buffer, this.bytes.byteOffset, this.bytes.byteLength).toString('utf8');
  }

  /** Numbers that JavaScript would write otherwise are `ExactNumber`s. */
  parse(): unknown {
    return parseExactJson(this.text());
  }
}
