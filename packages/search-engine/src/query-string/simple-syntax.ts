import { nextUnescapedQuotes, pairParentheses } from './simple-delimiters.ts';
import type { Occur, SyntaxLeaf, SyntaxNode } from './syntax-tree.ts';

/** Parentheses within parentheses; deeper ones are read as if they were not there. */
const MAX_DEPTH = 200;

/** An operator of `simple_query_string` that can be off; its characters are then part of the text. */
export type SimpleOperator =
  | 'and'
  | 'not'
  | 'or'
  | 'prefix'
  | 'phrase'
  | 'precedence'
  | 'escape'
  | 'whitespace'
  | 'fuzzy'
  | 'near';

export const simpleOperators: readonly SimpleOperator[] = [
  'and',
  'not',
  'or',
  'prefix',
  'phrase',
  'precedence',
  'escape',
  'whitespace',
  'fuzzy',
  'near',
];

export interface SimpleSyntaxOptions {
  readonly defaultOperator: 'and' | 'or';
  /** Those that are on. */
  readonly operators: readonly SimpleOperator[];
  /** Whether anything is looked for; a leaf without terms is as if it were not there. */
  hasTerms(leaf: SyntaxLeaf): boolean;
}

/**
 * Parses `simple_query_string`: `+` and, `|` or, `-` not, `"…"~N` phrase, `…*` prefix, `…~N` fuzzy, parentheses, `\` before a character that means itself.
 * Whatever makes no sense is passed over, so nothing is an error. Undefined when nothing is looked for.
 */
export function parseSimpleSyntax(query: string, options: SimpleSyntaxOptions): SyntaxNode | undefined {
  // compat: Java's trim() takes control characters too.
  if (/^[\0- ]*\*[\0- ]*$/.test(query)) return { kind: 'all', field: undefined, boost: 1 };
  return new SimpleReader(query, options).readGroup(query.length, 0);
}

type Operator = 'must' | 'should';

/** One level of parentheses: the tree so far, and the operator that waits for its right side. */
class Group {
  readonly #byDefault: Operator;
  #top: SyntaxNode | undefined;
  #clauses: { occur: Occur; node: SyntaxNode }[] | undefined;
  #lastOperator: Operator | undefined;
  pending: Operator | undefined;
  negated = false;

  constructor(byDefault: Operator) {
    this.#byDefault = byDefault;
  }

  get isEmpty(): boolean {
    return this.#top === undefined;
  }

  get node(): SyntaxNode | undefined {
    return this.#top;
  }

  add(node: SyntaxNode): void {
    const branch = this.negated ? not(node) : node;
    if (this.#top === undefined) this.#top = branch;
    else {
      const operator = this.pending ?? this.#byDefault;
      // A change of operator closes what was read so far into one clause: operators have no rank.
      if (this.#lastOperator !== operator || this.#clauses === undefined) {
        this.#clauses = [{ occur: operator, node: this.#top }];
        this.#top = { kind: 'boolean', boost: 1, clauses: this.#clauses };
      }
      this.#clauses.push({ occur: operator, node: branch });
      this.#lastOperator = operator;
    }
    this.pending = undefined;
  }
}

/** compat: everything else scores 1, since the real product adds a clause that matches all. */
function not(node: SyntaxNode): SyntaxNode {
  const everything: SyntaxNode = { kind: 'all', field: undefined, boost: 1 };
  return {
    kind: 'boolean',
    boost: 1,
    clauses: [
      { occur: 'should', node: everything },
      { occur: 'mustNot', node },
    ],
  };
}

const COMMON = { field: undefined, boost: 1 } as const;

class SimpleReader {
  readonly #query: string;
  readonly #options: SimpleSyntaxOptions;
  readonly #on: ReadonlySet<SimpleOperator>;
  readonly #closing: ReadonlyMap<number, number>;
  readonly #nextQuote: (from: number) => number;
  #at = 0;

  constructor(query: string, options: SimpleSyntaxOptions) {
    this.#query = query;
    this.#options = options;
    this.#on = new Set(options.operators);
    this.#closing = this.#on.has('precedence') ? pairParentheses(query, this.#on.has('escape')) : new Map();
    this.#nextQuote = nextUnescapedQuotes(query, this.#on.has('escape'));
  }

  /** Reads up to `end`, which is the closing parenthesis of this depth or the end of the query. */
  readGroup(end: number, depth: number): SyntaxNode | undefined {
    const group = new Group(this.#options.defaultOperator === 'and' ? 'must' : 'should');
    while (this.#at < end) {
      const operator = this.#delimiterAt(this.#at);
      const letter = this.#query[this.#at]!;
      if (letter === '-' && this.#on.has('not')) {
        this.#at++;
        group.negated = !group.negated;
        continue;
      }
      if (operator === 'precedence' && letter === '(') this.#readParentheses(group, end, depth);
      else if (operator === 'phrase') this.#readPhrase(group, end);
      else if (operator === undefined) this.#readWord(group, end);
      else {
        if ((operator === 'and' || operator === 'or') && !group.isEmpty) {
          group.pending ??= operator === 'and' ? 'must' : 'should';
        }
        this.#at++;
      }
      // A negation belongs to what follows it without a space.
      group.negated = false;
    }
    return group.node;
  }

  /** The operator that ends a word at this place; undefined where the word goes on. */
  #delimiterAt(at: number): SimpleOperator | undefined {
    const operator = DELIMITERS[this.#query[at]!];
    return operator !== undefined && this.#on.has(operator) ? operator : undefined;
  }

  #readParentheses(group: Group, end: number, depth: number): void {
    const closing = this.#closing.get(this.#at);
    this.#at++;
    // One without its end means nothing.
    if (closing === undefined || closing >= end || depth >= MAX_DEPTH) return;
    if (closing === this.#at) group.pending = undefined;
    else {
      const inner = this.readGroup(closing, depth + 1);
      if (inner !== undefined) group.add(inner);
    }
    this.#at = closing + 1;
  }

  #readPhrase(group: Group, end: number): void {
    const start = this.#at + 1;
    const closing = this.#nextQuote(start);
    this.#at = start;
    // A quote without its end means nothing.
    if (closing >= end) return;
    const isNear = this.#on.has('near') && closing + 1 < end && this.#query[closing + 1] === '~';
    this.#at = closing + 1;
    if (closing === start && !isNear) {
      group.pending = undefined;
      return;
    }
    let slop = 0;
    if (isNear) {
      // compat: a `~` that ends the query says nothing, and the character that ends the number is passed over with it.
      slop = closing + 2 < end ? this.#readNumber(end) : 0;
      this.#at++;
    }
    this.#add(group, { kind: 'phrase', text: this.#unescaped(start, closing), slop, ...COMMON });
  }

  #readWord(group: Group, end: number): void {
    const start = this.#at;
    const escapes = this.#on.has('escape');
    let isPrefix = false;
    let isFuzzy = false;
    /** Whether the word has a character yet. */
    let begun = false;
    for (; this.#at < end; this.#at++) {
      const letter = this.#query[this.#at]!;
      if (letter === '\\' && escapes) {
        isPrefix = false;
        this.#at++;
        // A backslash that ends the text is none of its characters.
        if (this.#at >= end) break;
      } else if (this.#delimiterAt(this.#at) !== undefined) break;
      else if (letter === '~' && begun && this.#on.has('fuzzy')) {
        isFuzzy = true;
        break;
      } else isPrefix = letter === '*' && begun && this.#on.has('prefix');
      begun = true;
    }
    if (!begun) return;
    const text = this.#unescaped(start, this.#at);
    const similarity = isFuzzy ? Math.min(2, this.#readNumber(end)) : 0;
    if (similarity > 0) this.#add(group, { kind: 'fuzzy', text, similarity, ...COMMON });
    else if (isPrefix && !isFuzzy) this.#add(group, { kind: 'prefix', text: text.slice(0, -1), ...COMMON });
    else this.#add(group, { kind: 'text', text, isRun: false, ...COMMON });
  }

  /** compat: what follows `~` up to the end of the word: 2 when there is nothing, 0 when it is no number. */
  #readNumber(end: number): number {
    const start = this.#at + 1;
    for (this.#at = start; this.#at < end; this.#at++) if (this.#delimiterAt(this.#at) !== undefined) break;
    const text = this.#query.slice(start, this.#at);
    if (text === '') return 2;
    const number = /^[+-]?\d+$/.test(text) ? Number(text) : 0;
    return number > MAX_INT ? 0 : Math.max(0, number);
  }

  #add(group: Group, leaf: SyntaxLeaf): void {
    if (this.#options.hasTerms(leaf)) group.add(leaf);
  }

  #unescaped(start: number, end: number): string {
    const text = this.#query.slice(start, end);
    return this.#on.has('escape') ? text.replace(/\\([\s\S]?)/g, '$1') : text;
  }
}

const MAX_INT = 2 ** 31 - 1;

const DELIMITERS: Readonly<Record<string, SimpleOperator>> = {
  '(': 'precedence',
  ')': 'precedence',
  '"': 'phrase',
  '+': 'and',
  '|': 'or',
  ' ': 'whitespace',
  '\t': 'whitespace',
  '\n': 'whitespace',
  '\r': 'whitespace',
};
