import { DaybookError } from '@daybook/errors';
import type { RegexpOperator } from '../query.ts';
import { regexpOperators } from '../query.ts';
import { decimalInterval } from './decimal-interval.ts';
import { type CharacterRange, type Language, Languages } from './regexp-language.ts';

const MAX_REPEATS = 10_000;
const MAX_DEPTH = 200;
/** Bounds of an interval are 32-bit integers. */
const MAX_INTEGER = 2 ** 31 - 1;

/**
 * Parses Lucene's regular expressions:
 *
 * ```
 * union     = inter ("|" inter)*
 * inter     = concat ("&" concat)*
 * concat    = repeat+
 * repeat    = complement ("?" | "*" | "+" | "{" n ("," m?)? "}")*
 * complement= "~"* class
 * class     = "[" "^"? (char ("-" char)?)+ "]" | "." | "#" | "@" | '"' text '"' | "(" union? ")" | "<" n "-" m ">" | char
 * char      = any character, special ones behind a "\"
 * ```
 *
 * A special character where none can stand, as the second of `a||`, is itself.
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
    if (this.#pattern === '') return this.languages.emptyText;
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
    const ends = this.#operators.has('intersection') ? '|&)' : '|)';
    const parts: Language[] = [];
    do parts.push(this.#repeat());
    while (this.#at < this.#characters.length && !ends.includes(this.#characters[this.#at]!));
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
    if (least === undefined) throw this.#error(`integer expected at position ${this.#at}`);
    const most = this.#take(',') ? this.#number() : least;
    this.#expect('}');
    if (least > MAX_REPEATS || (most ?? 0) > MAX_REPEATS) {
      throw this.#error(
        `Determinizing ${this.#pattern} would result in more than ${MAX_REPEATS} states.`,
        'too_complex_to_determinize_exception',
      );
    }
    return most !== undefined && most < least ? this.languages.nothing : this.#times(language, least, most);
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
    if (this.#takeOperator('interval', '<') || this.#takeOperator('automaton', '<')) return this.#interval();
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
      if (last < first) throw this.#error(`invalid range: from (${first}) cannot be > to (${last})`);
      ranges.push([first, last]);
    } while (this.#at < this.#characters.length && this.#characters[this.#at] !== ']');
    this.#expect(']');
    return this.languages.character(ranges, isNegated);
  }

  #quoted(): Language {
    return [...this.#until('"')].reduceRight(
      (rest, character) => this.languages.sequence(this.#literal(character), rest),
      this.languages.emptyText,
    );
  }

  /** Whole numbers from one to the other; written with equally many digits, if both bounds are. */
  #interval(): Language {
    const bounds = this.#until('>');
    if (!bounds.includes('-') && this.#operators.has('automaton')) throw this.#error(`'${bounds}' not found`);
    const [, low, high] = /^(\d+)-(\d+)$/.exec(bounds) ?? [];
    if (low === undefined || high === undefined || Number(low) > MAX_INTEGER || Number(high) > MAX_INTEGER) {
      throw this.#error(`interval syntax error at position ${this.#at - 1}`);
    }
    return decimalInterval(this.languages, low, high);
  }

  /** The characters before the one that ends them, which is taken too. */
  #until(end: string): string {
    const start = this.#at;
    while (this.#at < this.#characters.length && this.#characters[this.#at] !== end) this.#at++;
    this.#expect(end);
    return this.#characters.slice(start, this.#at - 1).join('');
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

  #number(): number | undefined {
    const start = this.#at;
    while (/\d/.test(this.#characters[this.#at] ?? '')) this.#at++;
    return this.#at === start ? undefined : Number(this.#characters.slice(start, this.#at).join(''));
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

  #error(what: string, reason = 'illegal_argument_exception'): DaybookError {
    return new DaybookError('invalid-argument', what, { detail: { reason } });
  }
}
