import { randomUUID } from 'node:crypto';
import { parseExactJson } from './exact-json.ts';

/** Stands for raw JSON in a text until it is spliced in; nobody outside can guess it, so no other string is taken for it. */
const MARK = randomUUID();

/** JSON that stands in an answer as it is, such as a stored source or a number as Java writes it: it is neither parsed nor written again. */
export class RawJson {
  /** The placeholder that `JSON.stringify` writes for each. */
  static readonly placeholder: string = JSON.stringify(MARK);
  static #spliced: RawJson[] = [];

  readonly #json: Uint8Array | string;

  constructor(json: Uint8Array | string) {
    this.#json = json;
  }

  /** Of bytes or letters. */
  get length(): number {
    return this.#json.length;
  }

  get bytes(): Uint8Array {
    return typeof this.#json === 'string' ? Buffer.from(this.#json) : this.#json;
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
    const json = this.#json;
    if (typeof json === 'string') return json;
    return Buffer.from(json.buffer, json.byteOffset, json.byteLength).toString('utf8');
  }

  /** Numbers that JavaScript would write otherwise are `ExactNumber`s. */
  parse(): unknown {
    return parseExactJson(this.text());
  }
}
