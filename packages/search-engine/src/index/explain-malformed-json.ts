import type { ErrorCause } from '../mapping/mapping-errors.ts';

/** A longer text is not read a second time, which would hold up others. */
const MAX_EXPLAINED_CHARS = 1_048_576;

const ANY_VALUE = "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')";
const NON_STANDARD: ReadonlySet<string> = new Set(['NaN', 'INF', 'Infinity', '-INF', '-Infinity']);
const LITERALS: ReadonlyMap<string, string> = new Map([
  ['true', 'VALUE_BOOLEAN'],
  ['false', 'VALUE_BOOLEAN'],
  ['null', 'VALUE_NULL'],
]);

/**
 * Why `JSON.parse` refused a text with `error`: type and reason as Elasticsearch gives them, and the line and column, from 1, of
 * the character at fault.
 */
export function explainMalformedJson(text: string, error: unknown): ErrorCause {
  const fault = text.length > MAX_EXPLAINED_CHARS ? undefined : new FaultFinder(text).find();
  if (fault === undefined) return { type: 'json_parse_exception', reason: (error as Error).message };
  const before = text.slice(0, fault.at);
  const line = before.split('\n').length;
  const column = fault.at - before.lastIndexOf('\n');
  return {
    type: fault.type ?? 'json_parse_exception',
    reason: `${fault.reason}\n at [line: ${line}, column: ${column}]`,
  };
}

interface Fault {
  readonly at: number;
  readonly type?: string;
  readonly reason: string;
}

type Expected = 'value' | 'first value' | 'name' | 'first name' | 'colon' | 'separator';

class FaultFinder {
  readonly #text: string;
  /** The closing brackets of what is open, the innermost last. */
  readonly #open: ('}' | ']')[] = [];
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** Undefined for a text without fault. */
  find(): Fault | undefined {
    let expected: Expected = 'value';
    for (;;) {
      this.#take(/[ \t\n\r]*/y);
      const isRoot = this.#open.length === 0;
      if (isRoot && expected === 'separator') return this.#extraData();
      if (this.#at >= this.#text.length) return this.#endOfInput(expected);
      const next: Expected | Fault = this.#step(expected);
      if (typeof next !== 'string') return next;
      expected = next;
    }
  }

  /** Reads one token, and tells what has to follow it. */
  #step(expected: Expected): Expected | Fault {
    const character = this.#text[this.#at]!;
    if (expected === 'colon') {
      if (character !== ':') return this.#unexpected(': was expecting a colon to separate field name and value');
      this.#at += 1;
      return 'value';
    }
    if (expected === 'separator') {
      if (character === '}' || character === ']') return this.#close(character);
      if (character !== ',') return this.#unexpected(`: was expecting comma to separate ${this.#container()} entries`);
      this.#at += 1;
      return this.#open.at(-1) === '}' ? 'name' : 'value';
    }
    if (expected === 'name' || expected === 'first name') {
      if (character === '"') return this.#string('field name') ?? 'colon';
      if (character === '}' && expected === 'first name') return this.#close(character);
      return this.#unexpected(': was expecting double-quote to start field name');
    }
    if (expected === 'first value' && (character === ']' || character === '}')) return this.#close(character);
    return this.#value(character);
  }

  #value(character: string): Expected | Fault {
    switch (character) {
      case '{':
      case '[':
        this.#open.push(character === '{' ? '}' : ']');
        this.#at += 1;
        return character === '{' ? 'first name' : 'first value';
      case '"':
        return this.#string('VALUE_STRING') ?? 'separator';
      case '}':
      case ']':
      case ',':
        return this.#unexpected(': expected a value');
      default:
        return this.#scalar() ?? 'separator';
    }
  }

  #close(character: '}' | ']'): Expected | Fault {
    const expected = this.#open.at(-1);
    if (character !== expected) {
      return this.#fault(`Unexpected close marker '${character}': expected '${expected}' (for ${this.#container()})`);
    }
    this.#open.pop();
    this.#at += 1;
    return 'separator';
  }

  #string(what: 'field name' | 'VALUE_STRING'): Fault | undefined {
    this.#at += 1;
    for (;;) {
      this.#take(/[^"\\\p{Cc}]*/uy);
      const character = this.#text[this.#at];
      if (character === undefined) return this.#fault(`Unexpected end-of-input in ${what}`, 'json_e_o_f_exception');
      if (character === '"') {
        this.#at += 1;
        return undefined;
      }
      if (character < ' ') {
        const place = what === 'field name' ? 'name' : 'string value';
        const problem = `has to be escaped using backslash to be included in ${place}`;
        return this.#fault(`Illegal unquoted character (${described(character)}): ${problem}`);
      }
      if (character !== '\\') this.#at += 1;
      else if (this.#take(/\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y) === '') return this.#badEscape();
    }
  }

  #badEscape(): Fault {
    this.#take(/\\(?:u[0-9a-fA-F]*)?/y);
    const character = this.#text[this.#at];
    if (character === undefined) {
      return this.#fault('Unexpected end-of-input in character escape sequence', 'json_e_o_f_exception');
    }
    if (this.#text[this.#at - 1] !== '\\') {
      return this.#unexpected(': expected a hex-digit for character escape sequence');
    }
    return this.#fault(`Unrecognized character escape ${described(character)}`);
  }

  #scalar(): Fault | undefined {
    const start = this.#at;
    const word = this.#take(/-?[\p{L}_$][\p{L}\p{N}_$]*/uy);
    if (LITERALS.has(word)) return undefined;
    if (word !== '' && (word[0] !== '-' || word[1] === 'I')) {
      const reason = NON_STANDARD.has(word)
        ? `Non-standard token '${word}': enable JsonParser.Feature.ALLOW_NON_NUMERIC_NUMBERS to allow`
        : `Unrecognized token '${word}': was expecting ${ANY_VALUE}`;
      return { at: start, reason };
    }
    this.#at = start;
    return this.#number();
  }

  #number(): Fault | undefined {
    const sign = this.#take(/-/y);
    const whole = this.#take(/\d+/y);
    if (whole === '' && sign === '') return this.#unexpected(`: expected a valid value ${ANY_VALUE}`);
    if (whole === '') return this.#badNumber('expected digit (0-9) to follow minus sign, for valid numeric value');
    if (whole.length > 1 && whole[0] === '0') return this.#fault('Invalid numeric value: Leading zeroes not allowed');
    if (this.#take(/\./y) !== '' && this.#take(/\d+/y) === '') {
      return this.#badNumber('Decimal point not followed by a digit');
    }
    if (this.#take(/[eE][-+]?/y) !== '' && this.#take(/\d+/y) === '') {
      return this.#badNumber('Exponent indicator not followed by a digit');
    }
    return undefined;
  }

  #badNumber(problem: string): Fault {
    if (this.#at >= this.#text.length) return this.#endOfInput('value');
    return this.#unexpected(` in numeric value: ${problem}`);
  }

  /** After the one value of a text nothing may follow. */
  #extraData(): Fault | undefined {
    const at = this.#at;
    const character = this.#text[at];
    if (character === undefined) return undefined;
    if (character === '}' || character === ']') return this.#fault(`Unexpected close marker '${character}'`);
    const next = this.#value(character);
    if (typeof next !== 'string') return next;
    const token =
      { '{': 'START_OBJECT', '[': 'START_ARRAY', '"': 'VALUE_STRING' }[character] ??
      LITERALS.get(this.#text.slice(at, this.#at)) ??
      'VALUE_NUMBER';
    const reason = `Malformed content, found extra data after parsing: ${token}`;
    return { at, type: 'illegal_argument_exception', reason };
  }

  #endOfInput(expected: Expected): Fault {
    let where = '';
    if (this.#open.length > 0) {
      const isBetween = expected === 'separator' || expected.startsWith('first');
      where = isBetween
        ? `: expected close marker for ${this.#container()}`
        : ` within/between ${this.#container()} entries`;
    }
    return this.#fault(`Unexpected end-of-input${where}`, 'json_e_o_f_exception');
  }

  #container(): 'Object' | 'Array' {
    return this.#open.at(-1) === '}' ? 'Object' : 'Array';
  }

  #unexpected(problem: string): Fault {
    const character = String.fromCodePoint(this.#text.codePointAt(this.#at)!);
    return this.#fault(`Unexpected character (${described(character)})${problem}`);
  }

  #fault(reason: string, type?: string): Fault {
    return { at: this.#at, reason, ...(type === undefined ? {} : { type }) };
  }

  /** Reads what a sticky pattern finds here; empty when that is nothing. */
  #take(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0] ?? '';
    this.#at += found.length;
    return found;
  }
}

function described(character: string): string {
  const code = character.codePointAt(0)!;
  return code < 0x20 ? `(CTRL-CHAR, code ${code})` : `'${character}' (code ${code})`;
}
