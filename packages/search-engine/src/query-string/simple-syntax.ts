import type { Occur, SyntaxLeaf, SyntaxNode } from './syntax-tree.ts';

/** Parentheses within parentheses; deeper ones are read as if they were not there. */
const MAX_DEPTH = 200;

/**
 * Parses `simple_query_string`: `+` and, `|` or, `-` not, `"…"~N` phrase, `…*` prefix, `…~N` fuzzy, parentheses, `\` before a character that means itself.
 * Whatever makes no sense is passed over, so nothing is an error.
 */
export function parseSimpleSyntax(query: string, defaultOperator: 'and' | 'or'): SyntaxNode {
  if (query.trim() === '*') return { kind: 'all', field: undefined, boost: 1 };
  const reader = new SimpleReader(query, defaultOperator === 'and' ? 'must' : 'should');
  return reader.readGroup(0) ?? { kind: 'boolean', boost: 1, clauses: [] };
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
    this.negated = false;
  }
}

/** compat: everything else scores 1, since the real product adds a clause that matches all. */
function not(node: SyntaxNode): SyntaxNode {
  const everything: SyntaxNode = { kind: 'all', field: undefined, boost: 1 };
  return {
    kind: 'boolean',
    boost: 1,
    isNegation: true,
    clauses: [
      { occur: 'should', node: everything },
      { occur: 'mustNot', node },
    ],
  };
}

class SimpleReader {
  readonly #query: string;
  readonly #byDefault: Operator;
  #at = 0;

  constructor(query: string, byDefault: Operator) {
    this.#query = query;
    this.#byDefault = byDefault;
  }

  /** Reads up to the closing parenthesis of this depth, or the end. */
  readGroup(depth: number): SyntaxNode | undefined {
    const group = new Group(this.#byDefault);
    while (this.#at < this.#query.length) {
      const letter = this.#query[this.#at]!;
      if (/\s/.test(letter)) {
        this.#at++;
        group.negated = false;
      } else if (letter === ')') {
        this.#at++;
        if (depth > 0) return group.node;
      } else if (letter === '(') {
        this.#at++;
        if (depth >= MAX_DEPTH) continue;
        const inner = this.readGroup(depth + 1);
        if (inner !== undefined) group.add(inner);
      } else if (letter === '+' || letter === '|') {
        this.#at++;
        if (!group.isEmpty) group.pending ??= letter === '+' ? 'must' : 'should';
      } else if (letter === '-') {
        this.#at++;
        group.negated = !group.negated;
      } else {
        const leaf = letter === '"' ? this.#readPhrase() : this.#readWord();
        if (leaf !== undefined) group.add(leaf);
      }
    }
    return group.node;
  }

  #readPhrase(): SyntaxLeaf | undefined {
    const match = /"((?:\\[\s\S]|[^"\\])*)"(?:~(\d{1,9}))?/y;
    match.lastIndex = this.#at;
    const found = match.exec(this.#query);
    if (found === null) {
      // A quote without its end means nothing.
      this.#at++;
      return undefined;
    }
    this.#at += found[0].length;
    if (found[1] === '') return undefined;
    return { kind: 'phrase', field: undefined, boost: 1, text: removeEscapes(found[1]!), slop: Number(found[2] ?? 0) };
  }

  #readWord(): SyntaxLeaf {
    const match = /(?:\\[\s\S]|[^\s"|+()\\])+|\\/y;
    match.lastIndex = this.#at;
    const [text] = match.exec(this.#query)!;
    this.#at += text.length;
    const common = { field: undefined, boost: 1 };
    const fuzzy = /^((?:\\[\s\S]|[^~\\])+)~([\s\S]*)$/.exec(text);
    if (fuzzy !== null) {
      const word = removeEscapes(fuzzy[1]!);
      // compat: without a number the distance is 2; with anything but a number it is none, and what stands there is dropped.
      const similarity = fuzzy[2] === '' ? 2 : Math.min(2, /^\d+$/.test(fuzzy[2]!) ? Number(fuzzy[2]) : 0);
      return similarity === 0
        ? { ...common, kind: 'text', text: word, isRun: false }
        : { ...common, kind: 'fuzzy', text: word, similarity };
    }
    if (/[^\\]\*$/.test(text)) return { ...common, kind: 'prefix', text: removeEscapes(text.slice(0, -1)) };
    return { ...common, kind: 'text', text: removeEscapes(text), isRun: false };
  }
}

function removeEscapes(text: string): string {
  return text.replace(/\\([\s\S])/g, '$1');
}
