import { scriptError } from './script-error.ts';
import { type Token, tokensOf } from './tokens.ts';

const maxDepth = 100;

/** Reads the tokens of a script one after the other. */
export class TokenReader {
  readonly source: string;
  readonly #tokens: readonly Token[];
  #next = 0;
  #depth = 0;

  constructor(source: string) {
    this.source = source;
    this.#tokens = tokensOf(source);
  }

  get token(): Token {
    return this.#tokens[this.#next]!;
  }

  /** The token after the next. */
  get second(): Token {
    return this.#tokens[this.#next + 1] ?? this.token;
  }

  take(): Token {
    const { token } = this;
    if (token.kind !== 'end') this.#next++;
    return token;
  }

  /** Takes the sign or word if it comes next. */
  accept(...texts: readonly string[]): Token | undefined {
    const { token } = this;
    const isNext = (token.kind === 'sign' || token.kind === 'name') && texts.includes(token.text);
    return isNext ? this.take() : undefined;
  }

  expect(text: string): Token {
    return this.accept(text) ?? this.fail(`expected [${text}].`);
  }

  name(): Token {
    return this.token.kind === 'name' ? this.take() : this.fail('expected a name.');
  }

  /** Runs a reader one level deeper; a script nested too deeply is refused. */
  nested<T>(read: () => T): T {
    if (this.#depth >= maxDepth) this.fail(`nested deeper than [${maxDepth}] levels.`);
    this.#depth++;
    const result = read();
    this.#depth--;
    return result;
  }

  /** Refuses the next token. */
  fail(expected: string): never {
    const { kind, text, at } = this.token;
    const found = kind === 'end' ? 'unexpected end of script.' : `unexpected token ['${text}'], ${expected}`;
    throw scriptError(this.source, at, 'compile error', found);
  }
}
