/** Sets of characters that JavaScript has otherwise or not at all, as the inside of a class. */
const LINE_ENDS = '\\n\\r\\x85\\u2028\\u2029';
const CLASS_ESCAPES: ReadonlyMap<string, string> = new Map([
  ['d', '0-9'],
  ['w', 'a-zA-Z0-9_'],
  ['s', '\\t-\\r '],
  ['h', '\\t \\xa0\\u1680\\u180e\\u2000-\\u200a\\u202f\\u205f\\u3000'],
  ['v', '\\n-\\r\\x85\\u2028\\u2029'],
]);
const PROPERTIES: ReadonlyMap<string, string> = new Map([
  ['Lower', 'a-z'],
  ['Upper', 'A-Z'],
  ['ASCII', '\\x00-\\x7f'],
  ['Alpha', 'a-zA-Z'],
  ['Digit', '0-9'],
  ['Alnum', 'a-zA-Z0-9'],
  ['Punct', '!-\\/:-@\\[-`\\{-~'],
  ['Graph', '!-~'],
  ['Print', ' -~'],
  ['Blank', ' \\t'],
  ['Cntrl', '\\x00-\\x1f\\x7f'],
  ['XDigit', '0-9a-fA-F'],
  ['Space', '\\t-\\r '],
  ['javaLowerCase', '\\p{Lowercase}'],
  ['javaUpperCase', '\\p{Uppercase}'],
  ['javaAlphabetic', '\\p{Alphabetic}'],
  ['javaLetter', '\\p{L}'],
  ['javaDigit', '\\p{Nd}'],
  ['javaLetterOrDigit', '\\p{L}\\p{Nd}'],
  ['IsLetter', '\\p{L}'],
  ['IsDigit', '\\p{Nd}'],
  ['IsPunctuation', '\\p{P}'],
]);
const CHARACTERS: ReadonlyMap<string, string> = new Map([
  ['t', '\\t'],
  ['n', '\\n'],
  ['r', '\\r'],
  ['f', '\\f'],
  ['a', '\\x07'],
  ['e', '\\x1b'],
]);
const WORD = '[\\p{L}\\p{Nd}_]';
/** Where a line begins and ends: not between the halves of `\r\n`, nor, of a beginning, where the text ends. */
const LINE_START = '(?:^|(?<=[\\n\\x85\\u2028\\u2029]|\\r(?!\\n))(?!$))';
const LINE_END = '(?:$|(?=[\\r\\x85\\u2028\\u2029])|(?<!\\r)(?=\\n))';
const ASSERTIONS: ReadonlyMap<string, string> = new Map([
  ['b', `(?:(?<=${WORD})(?!${WORD})|(?<!${WORD})(?=${WORD}))`],
  ['B', `(?:(?<=${WORD})(?=${WORD})|(?<!${WORD})(?!${WORD}))`],
  ['A', '^'],
  ['z', '$'],
  ['Z', `(?=(?:\\r\\n|[${LINE_ENDS}])?$)`],
  ['R', `(?:\\r\\n|[\\n-\\r\\x85\\u2028\\u2029])`],
]);
const FLAGS: ReadonlyMap<string, string> = new Map([
  ['CASE_INSENSITIVE', 'i'],
  ['MULTILINE', 'm'],
  ['DOTALL', 's'],
  ['COMMENTS', 'x'],
  ['LITERAL', 'l'],
  ['UNICODE_CASE', 'u'],
]);
const REFUSED_FLAGS: ReadonlySet<string> = new Set([
  'CANON_EQ',
  'UNIX_LINES',
  'UNICODE_CHAR_CLASS',
  'UNICODE_CHARACTER_CLASS',
]);

/** Why a pattern of Java is none of JavaScript. */
export class PatternError extends Error {}

/** Names a flag that there is not or that is not offered. */
export class FlagError extends Error {}

/** The letters of flags by their names in Java, between bars; without regard to case. */
export function javaFlags(names: string): string {
  let letters = '';
  for (const name of names.split('|')) {
    if (name === '') continue;
    const letter = FLAGS.get(name.toUpperCase());
    if (letter === undefined) {
      throw new FlagError(
        REFUSED_FLAGS.has(name.toUpperCase()) ? `the flag [${name}] is not supported` : `Unknown regex flag [${name}]`,
      );
    }
    letters += letter;
  }
  return letters;
}

/**
 * A global pattern of JavaScript that matches what one of java.util.regex matches, or a `PatternError`: atomic groups and possessive quantifiers, `\G`, and flags
 * within a pattern have no counterpart. Case is ignored in all of Unicode, with `UNICODE_CASE` or without.
 */
export function javaPattern(source: string, flags: string): RegExp {
  const isLiteral = flags.includes('l');
  const [, inner = ''] = isLiteral ? [] : (/^\(\?([a-zA-Z]+)\)/.exec(source) ?? []);
  for (const letter of inner) if (!'imsxu'.includes(letter)) throw new PatternError(`(?${inner}) is not supported`);
  const all = new Set(flags + inner);
  const rest = inner === '' ? source : source.slice(inner.length + 3);
  const translated = isLiteral ? [...rest].map(literal).join('') : new Translator(rest, all).translate();
  return new RegExp(translated, `gv${['i', 's'].filter((letter) => all.has(letter)).join('')}`);
}

/** Reads a pattern from its start to its end. */
class Translator {
  readonly #source: string;
  readonly #flags: ReadonlySet<string>;
  #at = 0;

  constructor(source: string, flags: ReadonlySet<string>) {
    this.#source = source;
    this.#flags = flags;
  }

  translate(): string {
    let pattern = '';
    while (this.#at < this.#source.length) pattern += this.#next();
    return pattern;
  }

  #next(): string {
    const letter = this.#take();
    if (this.#flags.has('x')) {
      if (/[\t-\r ]/.test(letter)) return '';
      if (letter === '#') {
        this.#match(/[^\n]*/y);
        return '';
      }
    }
    switch (letter) {
      case '\\':
        return this.#escape();
      case '[':
        return this.#class();
      case '(':
        return this.#group();
      case '.':
        return this.#flags.has('s') ? '.' : `[^${LINE_ENDS}]`;
      case '$':
        return this.#flags.has('m') ? LINE_END : ASSERTIONS.get('Z')!;
      case '^':
        return this.#flags.has('m') ? LINE_START : '^';
      case '*':
      case '+':
      case '?':
        return this.#quantifier(letter);
      case '{':
        return this.#quantifier(letter + this.#match(/\d+(?:,\d*)?\}/y));
      case ')':
      case '|':
        return letter;
      default:
        return literal(letter);
    }
  }

  #quantifier(quantifier: string): string {
    if (this.#source[this.#at] === '+') throw new PatternError(`[${quantifier}+] is not supported`);
    return quantifier + this.#match(/\??/y);
  }

  #group(): string {
    if (this.#source[this.#at] !== '?') return '(';
    const kind = this.#match(/\?(?:[:=!]|<[=!]|<[a-zA-Z][a-zA-Z0-9]*>)/y);
    if (kind === '') throw new PatternError(`[(${this.#source.slice(this.#at, this.#at + 2)}] is not supported`);
    return `(${kind}`;
  }

  /** What follows a backslash outside of a class. */
  #escape(): string {
    const letter = this.#take();
    if (letter === 'Q') return [...this.#quoted()].map(literal).join('');
    if (/[1-9]/.test(letter)) return `(?:\\${letter})`;
    if (letter === 'k') return `\\k${this.#match(/<[a-zA-Z][a-zA-Z0-9]*>/y)}`;
    const assertion = ASSERTIONS.get(letter);
    if (assertion !== undefined) return assertion;
    return this.#set(letter) ?? this.#character(letter);
  }

  #quoted(): string {
    const end = this.#source.indexOf('\\E', this.#at);
    const quoted = this.#source.slice(this.#at, end < 0 ? undefined : end);
    this.#at = end < 0 ? this.#source.length : end + 2;
    return quoted;
  }

  /** The class that an escaped letter stands for. */
  #set(letter: string): string | undefined {
    const lower = letter.toLowerCase();
    const inside = lower === 'p' ? this.#property() : CLASS_ESCAPES.get(lower);
    if (inside === undefined) return undefined;
    return letter === lower ? `[${inside}]` : `[^${inside}]`;
  }

  #property(): string {
    const given = this.#match(/\{[^}]*\}|[A-Z]/y);
    const name = given.replace(/[{}]/g, '');
    const known = PROPERTIES.get(name);
    if (known !== undefined) return known;
    const bare = name.replace(/^(?:Is|(?:general_category|gc)=)/, '');
    const candidates = [`\\p{${bare}}`, `\\p{Script=${bare.replace(/^(?:script|sc)=/, '')}}`];
    const found = candidates.find((candidate) => isPattern(candidate));
    if (found === undefined) throw new PatternError(`the property [${name}] is not supported`);
    return found;
  }

  /** The character that an escaped letter stands for. */
  #character(letter: string): string {
    const known = CHARACTERS.get(letter);
    if (known !== undefined) return known;
    if (!/[a-zA-Z0-9]/.test(letter)) return literal(letter);
    const code =
      letter === 'x'
        ? Number.parseInt(this.#match(/\{[\da-fA-F]{1,6}\}|[\da-fA-F]{2}/y).replace(/[{}]/g, ''), 16)
        : letter === 'u'
          ? this.#codeUnits()
          : letter === '0'
            ? Number.parseInt(this.#match(/[0-3]?[0-7]{1,2}/y), 8)
            : letter === 'c'
              ? this.#take().charCodeAt(0) ^ 64
              : Number.NaN;
    if (Number.isNaN(code) || code > 0x10ffff) throw new PatternError(`[\\${letter}] is not supported`);
    return `\\u{${code.toString(16)}}`;
  }

  /** Of four digits, or of two halves of a character. */
  #codeUnits(): number {
    const pair = this.#match(/[dD][89abAB][\da-fA-F]{2}\\u[dD][c-fC-F][\da-fA-F]{2}/y).split('\\u');
    if (pair.length < 2) return Number.parseInt(this.#match(/[\da-fA-F]{4}/y), 16);
    return String.fromCharCode(...pair.map((half) => Number.parseInt(half, 16))).codePointAt(0)!;
  }

  /** A class whose bracket has been read: the sets between `&&`, each a class of its own. */
  #class(): string {
    const negated = this.#match(/\^?/y);
    const sets: string[] = [];
    let items = this.#match(/\]?/y) === '' ? '' : '\\]';
    for (;;) {
      if (this.#match(/&&/y) !== '') {
        if (items !== '') sets.push(`[${items}]`);
        items = '';
        continue;
      }
      const letter = this.#take();
      if (letter === ']') break;
      items += this.#classItem(letter);
    }
    if (sets.length === 0) return `[${negated}${items}]`;
    return `[${negated}${[...sets, ...(items === '' ? [] : [`[${items}]`])].join('&&')}]`;
  }

  #classItem(letter: string): string {
    if (letter === '[') return this.#class();
    if (this.#flags.has('x') && /[\t-\r ]/.test(letter)) return '';
    if (letter === '\\' && this.#match(/Q/y) !== '') return [...this.#quoted()].map(literal).join('');
    const from = this.#classCharacter(letter);
    if (from.startsWith('[')) return from;
    if (this.#match(/-(?![\]&[])/y) === '') return from;
    const to = this.#classCharacter(this.#take());
    if (to.startsWith('[')) throw new PatternError(`a range ends with [${to}]`);
    return `${from}-${to}`;
  }

  #classCharacter(letter: string): string {
    if (letter !== '\\') return literal(letter);
    const escaped = this.#take();
    return this.#set(escaped) ?? this.#character(escaped);
  }

  /** The next character, with both its halves. */
  #take(): string {
    const code = this.#source.codePointAt(this.#at);
    if (code === undefined) throw new PatternError('it ends too early');
    const letter = String.fromCodePoint(code);
    this.#at += letter.length;
    return letter;
  }

  /** What a sticky pattern finds at the place; empty where it does not match. */
  #match(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const [found = ''] = pattern.exec(this.#source) ?? [];
    this.#at += found.length;
    return found;
  }
}

/** A character that stands for itself, within a class and outside. */
function literal(letter: string): string {
  return /[a-zA-Z0-9]/.test(letter) ? letter : `\\u{${letter.codePointAt(0)!.toString(16)}}`;
}

function isPattern(source: string): boolean {
  try {
    new RegExp(source, 'v');
    return true;
  } catch {
    return false;
  }
}
