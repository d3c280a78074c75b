import { DaybookError } from '@daybook/errors';
import type { RegexpOperator } from '../query.ts';
import { regexpOperators } from '../query.ts';
import { type CharacterRange, type Language, Languages } from './regexp-language.ts';

const MAX_REPEATS = 1000;
const MAX_DEPTH = 200;
const MAX_INTERVAL_DIGITS = 9;

/**
 * Parses Lucene's regular expressions:
 *
 * ```
 * union     = inter ("|" inter)*
 * inter     = concat ("&" concat)*
 * concat    = repeat*
 * repeat    = complement ("?" | "*" | "+" | "{" n ("," m?)? "}")*
 * complement= "~"* class
 * class     = "[" "^"? (char ("-" char)?)+ "]" | "." | "#" | "@" | '"' text '"' | "(" union? ")" | "<" n "-" m ">" | char
 * char      = any character, special ones behind a "\"
 * ```
 */
export class RegexpParser {
  readonly languages: Languages = new Languages();
  readonly #pattern: string;
  readonly #characters: readonly string[];
  readonly #isCaseInsensitive: boolean;
  readonly #operators: ReadonlySet<RegexpOperator>;
  #at = 0;
  #depth = 0;

  /** Without `operators` all of them have their meaning; the characters of the others are themselves. */
  constructor(pattern: string, isCaseInsensitive: boolean, operators: readonly RegexpOperator[] = regexpOperators) {
    this.#operators = new Set(operators);
    this.#pattern = pattern;
    this.#characters = [...pattern];
    this.#isCaseInsensitive = isCaseInsensitive;
  }

  parse(): Language {
    const language = this.#union();
    if (this.#at < this.#characters.length) throw this.#error(`end-of-string expected at position ${this.#at}`);
    return language;
  }

  #union(): Language {
    if (++this.#depth > MAX_DEPTH) throw this.#error(`it is nested more than ${MAX_DEPTH} deep`);
    const members = [this.#intersection()];
    while (this.#take('|')) members.push(this.#intersection());
    this.#depth--;
    return this.languages.union(members);
  }

  #intersection(): Language {
    const members = [this.#concatenation()];
    while (this.#takeOperator('intersection', '&')) members.push(this.#concatenation());
    return this.languages.intersection(members);
  }

  #concatenation(): Language {
    const parts: Language[] = [];
    const ends = this.#operators.has('intersection') ? '|&)' : '|)';
    while (this.#at < this.#characters.length && !ends.includes(this.#characters[this.#at]!))
      parts.push(this.#repeat());
    return parts.reduceRight((rest, part) => this.languages.sequence(part, rest), this.languages.emptyText);
  }

  #repeat(): Language {
    let language = this.#complement();
    for (;;) {
      if (this.#take('?')) language = this.#times(language, 0, 1);
      else if (this.#take('*')) language = this.languages.repetition(language);
      else if (this.#take('+')) language = this.languages.sequence(language, this.languages.repetition(language));
      else if (this.#take('{')) language = this.#counted(language);
      else return language;
    }
  }

  #counted(language: Language): Language {
    const least = this.#number();
    let most: number | undefined = least;
    if (this.#take(',')) most = this.#characters[this.#at] === '}' ? undefined : this.#number();
    this.#expect('}');
    if (least > MAX_REPEATS || (most ?? 0) > MAX_REPEATS)
      throw this.#error(`it repeats more than ${MAX_REPEATS} times`);
    if (most !== undefined && most < least) throw this.#error(`it repeats at least ${least} and at most ${most} times`);
    return this.#times(language, least, most);
  }

  #times(language: Language, least: number, most: number | undefined): Language {
    let tail = most === undefined ? this.languages.repetition(language) : this.languages.emptyText;
    for (let i = least; i < (most ?? least); i++) {
      tail = this.languages.union([this.languages.emptyText, this.languages.sequence(language, tail)]);
    }
    for (let i = 0; i < least; i++) tail = this.languages.sequence(language, tail);
    return tail;
  }

  #complement(): Language {
    let isComplement = false;
    while (this.#takeOperator('complement', '~')) isComplement = !isComplement;
    const language = this.#class();
    return isComplement ? this.languages.complement(language) : language;
  }

  #class(): Language {
    if (this.#take('[')) return this.#characterClass();
    if (this.#take('.')) return this.languages.anyCharacter;
    if (this.#takeOperator('empty', '#')) return this.languages.nothing;
    if (this.#takeOperator('anyString', '@')) return this.languages.anyText;
    if (this.#take('"')) return this.#quoted();
    if (this.#takeOperator('interval', '<')) return this.#interval();
    if (this.#take('(')) {
      if (this.#take(')')) return this.languages.emptyText;
      const language = this.#union();
      this.#expect(')');
      return language;
    }
    return this.#literal(this.#character());
  }

  #characterClass(): Language {
    const isNegated = this.#take('^');
    const ranges: CharacterRange[] = [];
    do {
      const character = this.#character();
      if (!this.#take('-')) {
        ranges.push(...this.#forms(character));
        continue;
      }
      // compat: a range is taken as it is written, in either case.
      const [first, last] = [character.codePointAt(0)!, this.#character().codePointAt(0)!];
      if (last < first) throw this.#error(`a range ends before it starts at position ${this.#at}`);
      ranges.push([first, last]);
    } while (this.#at < this.#characters.length && this.#characters[this.#at] !== ']');
    this.#expect(']');
    return this.languages.character(ranges, isNegated);
  }

  #quoted(): Language {
    const letters: string[] = [];
    while (!this.#take('"')) letters.push(this.#next());
    return letters.reduceRight(
      (rest, letter) => this.languages.sequence(this.#literal(letter), rest),
      this.languages.emptyText,
    );
  }

  /** Whole numbers from one to the other; written with equally many digits, if both bounds are. */
  #interval(): Language {
    const [low, high] = [this.#digits('-'), this.#digits('>')];
    const [first, last] = [Number(low), Number(high)].sort((a, b) => a - b) as [number, number];
    if (last - first > MAX_REPEATS) throw this.#error(`an interval holds more than ${MAX_REPEATS} numbers`);
    const width = low.length === high.length ? low.length : 0;
    const numbers: Language[] = [];
    for (let number = first; number <= last; number++) {
      const digits = [...String(number).padStart(width, '0')];
      numbers.push(
        digits.reduceRight(
          (rest, digit) => this.languages.sequence(this.#literal(digit), rest),
          this.languages.emptyText,
        ),
      );
    }
    return this.languages.union(numbers);
  }

  #digits(end: string): string {
    let digits = '';
    while (!this.#take(end)) digits += this.#next();
    if (!/^\d+$/.test(digits) || digits.length > MAX_INTERVAL_DIGITS)
      throw this.#error(`[${digits}] is no number in an interval`);
    return digits;
  }

  #literal(character: string): Language {
    return this.languages.character(this.#forms(character));
  }

  /** The character, and where case does not count its other one. */
  #forms(character: string): CharacterRange[] {
    const forms = this.#isCaseInsensitive ? [character, character.toLowerCase(), character.toUpperCase()] : [character];
    const codes = new Set(forms.filter((form) => [...form].length === 1).map((form) => form.codePointAt(0)!));
    return [...codes].map((code) => [code, code]);
  }

  #number(): number {
    let digits = '';
    while (/\d/.test(this.#characters[this.#at] ?? '') && digits.length < MAX_INTERVAL_DIGITS) digits += this.#next();
    if (digits === '') throw this.#error(`integer expected at position ${this.#at}`);
    return Number(digits);
  }

  #character(): string {
    const character = this.#next();
    return character === '\\' ? this.#next() : character;
  }

  #next(): string {
    const character = this.#characters[this.#at++];
    if (character === undefined) throw this.#error('unexpected end-of-string');
    return character;
  }

  #take(character: string): boolean {
    if (this.#characters[this.#at] !== character) return false;
    this.#at++;
    return true;
  }

  #takeOperator(operator: RegexpOperator, character: string): boolean {
    return this.#operators.has(operator) && this.#take(character);
  }

  #expect(character: string): void {
    if (!this.#take(character)) throw this.#error(`expected '${character}' at position ${this.#at}`);
  }

  #error(what: string): DaybookError {
    return new DaybookError('invalid-argument', `failed to parse regular expression [${this.#pattern}]: ${what}`, {
      detail: { reason: 'illegal_argument_exception' },
    });
  }
}
