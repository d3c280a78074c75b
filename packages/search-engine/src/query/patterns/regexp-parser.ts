import { DaybookError } from '@daybook/errors';
import type { RegexpOperator } from '../query.ts';
import { regexpOperators } from '../query.ts';
import type { CharacterRange } from './regexp-language.ts';
import type { RegexpTree } from './regexp-tree.ts';

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

  parse(): RegexpTree {
    if (this.#pattern === '') return { type: 'emptyText' };
    const tree = this.#union();
    if (this.#at < this.#characters.length) throw this.#error(`end-of-string expected at position ${this.#at}`);
    return tree;
  }

  #union(): RegexpTree {
    if (++this.#depth > MAX_DEPTH) throw this.#error(`it is nested more than ${MAX_DEPTH} deep`);
    const members = [this.#intersection()];
    while (this.#take('|')) members.push(this.#intersection());
    this.#depth--;
    return allOf('union', members);
  }

  #intersection(): RegexpTree {
    const members = [this.#concatenation()];
    while (this.#takeOperator('intersection', '&')) members.push(this.#concatenation());
    return members.length === 1 ? members[0]! : { type: 'intersection', members };
  }

  #concatenation(): RegexpTree {
    const ends = this.#operators.has('intersection') ? '|&)' : '|)';
    const parts: RegexpTree[] = [];
    do parts.push(this.#repeat());
    while (this.#at < this.#characters.length && !ends.includes(this.#characters[this.#at]!));
    return allOf('sequence', parts);
  }

  #repeat(): RegexpTree {
    let tree = this.#complement();
    for (;;) {
      if (this.#take('?')) tree = { type: 'optional', of: tree };
      else if (this.#take('*')) tree = { type: 'repetition', of: tree, least: 0 };
      else if (this.#take('+')) tree = { type: 'repetition', of: tree, least: 1 };
      else if (this.#take('{')) tree = this.#counted(tree);
      else return tree;
    }
  }

  #counted(of: RegexpTree): RegexpTree {
    const least = this.#number();
    if (least === undefined) throw this.#error(`integer expected at position ${this.#at}`);
    const most = this.#take(',') ? this.#number() : least;
    this.#expect('}');
    return { type: 'repetition', of, least, most };
  }

  #complement(): RegexpTree {
    return this.#takeOperator('complement', '~') ? { type: 'complement', of: this.#complement() } : this.#class();
  }

  #class(): RegexpTree {
    if (this.#take('[')) return this.#characterClass();
    if (this.#take('.')) return { type: 'anyCharacter' };
    if (this.#takeOperator('empty', '#')) return { type: 'nothing' };
    if (this.#takeOperator('anyString', '@')) return { type: 'anyText' };
    if (this.#take('"')) return this.#quoted();
    if (this.#takeOperator('interval', '<') || this.#takeOperator('automaton', '<')) return this.#interval();
    if (this.#take('(')) {
      if (this.#take(')')) return { type: 'emptyText' };
      const tree = this.#union();
      this.#expect(')');
      return tree;
    }
    return this.#literal(this.#character());
  }

  #characterClass(): RegexpTree {
    const isNegated = this.#take('^');
    const members: CharacterRange[][] = [];
    do {
      const character = this.#character();
      if (!this.#take('-')) {
        members.push(this.#forms(character));
        continue;
      }
      // compat: a range is taken as it is written, in either case.
      const [first, last] = [character.codePointAt(0)!, this.#character().codePointAt(0)!];
      if (last < first) throw this.#error(`invalid range: from (${first}) cannot be > to (${last})`);
      members.push([[first, last]]);
    } while (this.#at < this.#characters.length && this.#characters[this.#at] !== ']');
    this.#expect(']');
    return { type: 'characters', members, isNegated };
  }

  #quoted(): RegexpTree {
    const characters = [...this.#until('"')].map((character) => this.#literal(character));
    return characters.length === 0 ? { type: 'emptyText' } : allOf('sequence', characters);
  }

  /** Whole numbers from one to the other; written with equally many digits, if both bounds are. */
  #interval(): RegexpTree {
    const bounds = this.#until('>');
    if (!bounds.includes('-') && this.#operators.has('automaton')) throw this.#error(`'${bounds}' not found`);
    const [, low, high] = /^(\d+)-(\d+)$/.exec(bounds) ?? [];
    if (low === undefined || high === undefined || Number(low) > MAX_INTEGER || Number(high) > MAX_INTEGER) {
      throw this.#error(`interval syntax error at position ${this.#at - 1}`);
    }
    return { type: 'interval', low, high };
  }

  /** The characters before the one that ends them, which is taken too. */
  #until(end: string): string {
    const start = this.#at;
    while (this.#at < this.#characters.length && this.#characters[this.#at] !== end) this.#at++;
    this.#expect(end);
    return this.#characters.slice(start, this.#at - 1).join('');
  }

  #literal(character: string): RegexpTree {
    return { type: 'characters', members: [this.#forms(character)], isNegated: false };
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

  #error(what: string): DaybookError {
    return new DaybookError('invalid-argument', what, { detail: { reason: 'illegal_argument_exception' } });
  }
}

/** A part of the same kind is taken apart. */
function allOf(type: 'sequence' | 'union', parts: readonly RegexpTree[]): RegexpTree {
  const members = parts.flatMap((part) => (part.type === type ? part.members : [part]));
  return members.length === 1 ? members[0]! : { type, members };
}
